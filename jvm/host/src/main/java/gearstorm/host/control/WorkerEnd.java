package gearstorm.host.control;

/** How a worker ends: once, from whatever thread finds that it must. */
public interface WorkerEnd {
  int STOPPED = 0;
  int USER_CODE_THREW = 1;
  int WRONG_FILES = 2;
  int NOT_WANTED = 3;

  boolean hasBegun();

  /**
   * Does the last work on a thread of its own, then ends.
   *
   * @param limitMs how long the last work, and what user code does at the end, are waited for
   * @return false when the end has begun already
   */
  boolean begin(int exitCode, long limitMs, Runnable lastWork);

  /** Ends at once, because there is not even memory for last words. */
  void now(int exitCode);
}
