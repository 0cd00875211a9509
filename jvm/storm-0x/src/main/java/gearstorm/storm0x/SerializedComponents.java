package gearstorm.storm0x;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads components that a client serialized, with the classes of the topology's loader. */
final class SerializedComponents extends ObjectInputStream {
  private static final Map<String, Class<?>> PRIMITIVES =
      Stream.<Class<?>>of(
              boolean.class,
              byte.class,
              char.class,
              short.class,
              int.class,
              long.class,
              float.class,
              double.class,
              void.class)
          .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

  private final ClassLoader loader;
  private final Consumer<Object> onPart;

  private SerializedComponents(
      final InputStream in, final ClassLoader loader, final Consumer<Object> onPart)
      throws IOException {
    super(in);
    this.loader = loader;
    this.onPart = onPart;
    enableResolveObject(true);
  }

  /**
   * Reads one object; Storm's own classes may be of another patch release than the client's.
   *
   * @param onPart hears of every object that is part of it, once it is read
   */
  static Object read(
      final byte[] serialized, final ClassLoader loader, final Consumer<Object> onPart)
      throws IOException, ClassNotFoundException {
    final byte[] aligned = StormClassVersions.align(serialized, loader);
    try (SerializedComponents in =
        new SerializedComponents(new ByteArrayInputStream(aligned), loader, onPart)) {
      return in.readObject();
    }
  }

  /** The same when nobody wants to hear of its parts. */
  static Object read(final byte[] serialized, final ClassLoader loader)
      throws IOException, ClassNotFoundException {
    return read(serialized, loader, part -> {});
  }

  @Override
  protected Object resolveObject(final Object part) {
    onPart.accept(part);
    return part;
  }

  @Override
  protected Class<?> resolveClass(final ObjectStreamClass description)
      throws ClassNotFoundException {
    final Class<?> primitive = PRIMITIVES.get(description.getName());
    return primitive == null ? Class.forName(description.getName(), false, loader) : primitive;
  }

  @Override
  protected Class<?> resolveProxyClass(final String[] names) throws ClassNotFoundException {
    final Class<?>[] interfaces = new Class<?>[names.length];
    for (int i = 0; i < names.length; i++) {
      interfaces[i] = Class.forName(names[i], false, loader);
    }
    return Proxy.newProxyInstance(loader, interfaces, (proxy, method, args) -> null).getClass();
  }
}
