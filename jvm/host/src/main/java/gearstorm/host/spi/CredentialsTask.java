package gearstorm.host.spi;

import java.util.Map;

/** The part of a task that hears of the topology's credentials; on the executor's thread. */
public interface CredentialsTask {
  /**
   * Before the component is opened or prepared, and when they were replaced.
   *
   * @param credentials immutable; null when the topology was never given any
   */
  default void setCredentials(final Map<String, String> credentials) throws Exception {}
}
