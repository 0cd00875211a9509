package gearstorm.storm0x;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import storm.trident.topology.state.TransactionalState;

/**
 * Several changes of ZooKeeper at once, over the connection of one of Trident's states. The classes
 * of ZooKeeper, of Curator and of the JSON that values are kept as have other names in 0.9 than in
 * 0.10, so they are used by reflection.
 */
final class ZooKeeperTransactions {
  private static final int ANY_VERSION = -1;
  private static final int PERSISTENT = 0;

  /** Its servers take a request of a mebibyte at most, paths and values. */
  private static final int LARGE_BYTES = 256 * 1024;

  /** About what a change needs beside its path and its value. */
  private static final int CHANGE_BYTES = 64;

  private final Object curator;
  private final List<?> accessLists;
  private final Method client;
  private final Method zooKeeper;
  private final Method multi;
  private final Method set;
  private final Method create;
  private final Method delete;
  private final Method json;

  private ZooKeeperTransactions(final TransactionalState state)
      throws ReflectiveOperationException {
    curator = PrivateFields.read(state, "_curator", Object.class);
    final Class<?> framework = TransactionalState.class.getDeclaredField("_curator").getType();
    client = framework.getMethod("getZookeeperClient");
    zooKeeper = client.getReturnType().getMethod("getZooKeeper");
    final Class<?> connection = zooKeeper.getReturnType();
    multi = connection.getMethod("multi", Iterable.class);
    final ClassLoader loader = connection.getClassLoader();
    final Class<?> change = loader.loadClass(connection.getPackageName() + ".Op");
    set = change.getMethod("setData", String.class, byte[].class, int.class);
    create = change.getMethod("create", String.class, byte[].class, List.class, int.class);
    delete = change.getMethod("delete", String.class, int.class);
    json = jsonValue(loader).getMethod("toJSONString", Object.class);
    final List<?> own = accessListsOf(state);
    final Class<?> usual = loader.loadClass(connection.getPackageName() + ".ZooDefs$Ids");
    accessLists = own == null ? (List<?>) usual.getField("OPEN_ACL_UNSAFE").get(null) : own;
  }

  /** Null when the state is of a release that is built otherwise. */
  static ZooKeeperTransactions of(final TransactionalState state) {
    try {
      return new ZooKeeperTransactions(state);
    } catch (ReflectiveOperationException other) {
      return null;
    }
  }

  private static Class<?> jsonValue(final ClassLoader loader) throws ClassNotFoundException {
    try {
      return loader.loadClass("org.apache.storm.shade.org.json.simple.JSONValue"); // 0.10
    } catch (ClassNotFoundException older) {
      return loader.loadClass("org.json.simple.JSONValue");
    }
  }

  /** Of 0.10; null where none are asked for. */
  private static List<?> accessListsOf(final TransactionalState state)
      throws IllegalAccessException {
    try {
      final Field field = TransactionalState.class.getDeclaredField("_zkAcls");
      field.setAccessible(true);
      return (List<?>) field.get(state);
    } catch (NoSuchFieldException older) {
      return null;
    }
  }

  /** Whether somebody else has removed the node. */
  static boolean isAbsence(final Throwable problem) {
    return problem != null && problem.getClass().getSimpleName().equals("NoNodeException");
  }

  Transaction begin() {
    return new Transaction();
  }

  /** Paths are below the state's root and do not begin with a slash. */
  final class Transaction {
    private final List<Object> changes = new ArrayList<>();
    private int bytes;

    void set(final String path, final Object value) {
      changes.add(call(set, null, absolute(path), text(value), ANY_VERSION));
    }

    void create(final String path, final Object value) {
      changes.add(call(create, null, absolute(path), text(value), accessLists, PERSISTENT));
    }

    void delete(final String path) {
      changes.add(call(delete, null, absolute(path), ANY_VERSION));
    }

    /** What comes is better made by another one. */
    boolean isLarge() {
      return bytes >= LARGE_BYTES;
    }

    /**
     * Whether ZooKeeper has made all of it. If not, it has made none of it, or the connection is
     * gone and that is not known.
     *
     * @throws IllegalStateException when the thread was interrupted, which it still is then
     */
    boolean commit() {
      try {
        multi.invoke(zooKeeper.invoke(client.invoke(curator)), changes);
        return true;
      } catch (InvocationTargetException failure) {
        if (failure.getCause() instanceof InterruptedException stopped) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(stopped);
        }
        return false;
      } catch (IllegalAccessException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private String absolute(final String path) {
      bytes += path.length() + CHANGE_BYTES;
      return "/" + path;
    }

    private byte[] text(final Object value) {
      final byte[] text = ((String) call(json, null, value)).getBytes(UTF_8);
      bytes += text.length;
      return text;
    }

    private Object call(final Method method, final Object object, final Object... arguments) {
      try {
        return method.invoke(object, arguments);
      } catch (ReflectiveOperationException problem) {
        throw new IllegalStateException("a change of ZooKeeper cannot be made", problem);
      }
    }
  }
}
