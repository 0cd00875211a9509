package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backtype.storm.task.IBolt;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Storm 0.9 has no such listeners; these tests say something on the libraries of 0.10. */
final class CredentialsListenersTest {
  private static final ClassLoader LOADER = CredentialsListenersTest.class.getClassLoader();

  private final List<Object> heard = new ArrayList<>();

  /** A component as a user of Storm 0.10 writes it. */
  private Object listeningBolt() {
    try {
      final Class<?> listener = Class.forName("backtype.storm.ICredentialsListener");
      return Proxy.newProxyInstance(
          LOADER,
          new Class<?>[] {IBolt.class, listener},
          (proxy, method, arguments) -> {
            if (arguments[0] != null && ((Map<?, ?>) arguments[0]).isEmpty()) {
              throw new IllegalStateException("no secrets");
            }
            heard.add(arguments[0]);
            return null;
          });
    } catch (ClassNotFoundException older) {
      return Assumptions.abort("this Storm has no credentials listeners");
    }
  }

  @Test
  void aComponentThatListensIsTold() throws Exception {
    final Object bolt = listeningBolt();
    CredentialsListeners.of(LOADER).tell(bolt, null);
    CredentialsListeners.of(LOADER).tell(bolt, Map.of("user", "secret"));
    assertEquals(Arrays.asList(null, Map.of("user", "secret")), heard);
  }

  @Test
  void whatItThrowsComesThrough() {
    final Object bolt = listeningBolt();
    final Exception error =
        assertThrows(
            IllegalStateException.class,
            () -> CredentialsListeners.of(LOADER).tell(bolt, Map.of()));
    assertEquals("no secrets", error.getMessage());
  }

  @Test
  void otherComponentsAreLeftAlone() throws Exception {
    CredentialsListeners.of(LOADER).tell(new UserCode.Words(), Map.of("user", "secret"));
  }
}
