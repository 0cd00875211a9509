package gearstorm.storm0x;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.security.auth.Subject;

/**
 * On whose behalf a worker of Storm 0.10 runs: a subject that the plugins of {@code
 * topology.auto-credentials} fill from the credentials. Storm 0.9 knows none.
 */
final class WorkerSubject {
  private static final String PLUGINS = "topology.auto-credentials";
  private static final String AUTH = "backtype.storm.security.auth.AuthUtils";
  private static final String PLUGIN = "backtype.storm.security.auth.IAutoCredentials";

  private final Map<?, ?> conf;
  private final ClassLoader loader;
  private final boolean known;

  // Written before user code runs, read by the thread that hears of new credentials.
  private volatile Subject subject;
  private volatile Collection<?> plugins = List.of();

  WorkerSubject(final Map<?, ?> conf, final ClassLoader loader) {
    this.conf = conf;
    this.loader = loader;
    this.known = loader.getResource(PLUGIN.replace('.', '/') + ".class") != null;
  }

  /**
   * Does the work, and lets the threads that it creates go on, as the subject.
   *
   * @throws Exception as the work or a plugin does
   */
  <T> T run(final Map<String, String> credentials, final Callable<T> work) throws Exception {
    if (!known) {
      return work.call();
    }
    subject = new Subject();
    if (conf.get(PLUGINS) != null) {
      plugins = (Collection<?>) auth("GetAutoCredentials", Map.class).invokeWith(conf);
      populate("populateSubject", credentials);
    }
    try {
      final PrivilegedExceptionAction<T> action = work::call;
      return Subject.doAs(subject, action);
    } catch (PrivilegedActionException error) {
      throw error.getException();
    }
  }

  /**
   * @throws Exception as a plugin does
   */
  void renew(final Map<String, String> credentials) throws Exception {
    if (!plugins.isEmpty()) {
      populate("updateSubject", credentials);
    }
  }

  private void populate(final String method, final Map<String, String> credentials)
      throws Exception {
    auth(method, Subject.class, Collection.class, Map.class)
        .invokeWith(subject, plugins, credentials);
  }

  private StaticCall auth(final String name, final Class<?>... parameters)
      throws ReflectiveOperationException {
    return new StaticCall(Class.forName(AUTH, true, loader).getMethod(name, parameters));
  }

  private record StaticCall(Method method) {
    Object invokeWith(final Object... arguments) throws Exception {
      try {
        return method.invoke(null, arguments);
      } catch (InvocationTargetException error) {
        if (error.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw (Error) error.getCause();
      }
    }
  }
}
