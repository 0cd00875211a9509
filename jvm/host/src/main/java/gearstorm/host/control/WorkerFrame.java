package gearstorm.host.control;

import com.google.gson.JsonArray;

/** Worker to control: WorkerFrame of frames.ts. Peeked tuples are framed by {@link Peek}. */
sealed interface WorkerFrame {
  /** The {@code type} on the wire. */
  String type();

  /**
   * @param epoch the highest this worker has obeyed
   * @param state {@code starting} or {@code running}
   */
  record Hello(
      int wireVersion,
      String token,
      String stormId,
      int workerIndex,
      long pid,
      long epoch,
      String state)
      implements WorkerFrame {
    @Override
    public String type() {
      return "hello";
    }
  }

  /** Every executor's components are loaded; user code runs from here on. */
  record Running() implements WorkerFrame {
    @Override
    public String type() {
      return "running";
    }
  }

  /** Answers a ping. */
  record Pong() implements WorkerFrame {
    @Override
    public String type() {
      return "pong";
    }
  }

  record Stats(JsonArray executors) implements WorkerFrame {
    @Override
    public String type() {
      return "stats";
    }
  }

  /**
   * @param task null when the error belongs to no task
   * @param message the throwable with its stack
   */
  record ErrorReport(String component, Integer task, long timeMs, String message)
      implements WorkerFrame {
    @Override
    public String type() {
      return "error";
    }
  }

  record PeekStarted(int id) implements WorkerFrame {
    @Override
    public String type() {
      return "peek-started";
    }
  }

  /** Last words. */
  record Exiting(String reason) implements WorkerFrame {
    @Override
    public String type() {
      return "exiting";
    }
  }
}
