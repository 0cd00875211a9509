package gearstorm.host.executor;

/** What executors tell the owner of the process; called on any thread. */
public interface ExecutorListener {
  /** User code reported an error (reportError); already throttled by Storm's rule. */
  void onError(String component, int task, Throwable error);

  /** User code threw: its executor has ended, and the process should. */
  void onFatal(String component, int task, Throwable error);
}
