package gearstorm.storm0x;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;

/**
 * Hands credentials to components that listen. The interface is of Storm 0.10 and this bridge is
 * compiled against 0.9, where nobody listens.
 */
final class CredentialsListeners {
  private static final String LISTENER = "backtype.storm.ICredentialsListener";

  /** Null on Storm 0.9. */
  private final Method setCredentials;

  private CredentialsListeners(final Method setCredentials) {
    this.setCredentials = setCredentials;
  }

  static CredentialsListeners of(final ClassLoader loader) {
    try {
      final Class<?> listener = Class.forName(LISTENER, false, loader);
      return new CredentialsListeners(listener.getMethod("setCredentials", Map.class));
    } catch (ReflectiveOperationException older) {
      return new CredentialsListeners(null);
    }
  }

  /**
   * @param component a spout or bolt as Storm runs it: a wrapped basic bolt does not listen
   * @throws Exception as the component does
   */
  void tell(final Object component, final Map<String, String> credentials) throws Exception {
    if (setCredentials == null || !setCredentials.getDeclaringClass().isInstance(component)) {
      return;
    }
    try {
      setCredentials.invoke(component, credentials);
    } catch (InvocationTargetException error) {
      if (error.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw (Error) error.getCause();
    }
  }
}
