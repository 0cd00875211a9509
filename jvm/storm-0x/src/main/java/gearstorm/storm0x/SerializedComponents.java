package gearstorm.storm0x;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.Map;
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

  private SerializedComponents(final InputStream in, final ClassLoader loader) throws IOException {
    super(in);
    this.loader = loader;
  }

  /** Reads one object; Storm's own classes may be of another patch release than the client's. */
  static Object read(final byte[] serialized, final ClassLoader loader)
      throws IOException, ClassNotFoundException {
    final byte[] aligned = StormClassVersions.align(serialized, loader);
    try (SerializedComponents in =
        new SerializedComponents(new ByteArrayInputStream(aligned), loader)) {
      return in.readObject();
    }
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
