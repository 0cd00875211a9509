package gearstorm.host.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import gearstorm.host.spi.PartitionLag;
import java.util.List;

/** Worker to control: WorkerFrame of frames.ts. Peeked tuples are framed by {@link Peek}. */
sealed interface WorkerFrame {
  /** The {@code type} on the wire. */
  String type();

  /** Adds every other field, in the order of frames.ts. */
  void addTo(JsonObject line);

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

    @Override
    public void addTo(final JsonObject line) {
      line.addProperty("wireVersion", wireVersion);
      line.addProperty("token", token);
      line.addProperty("stormId", stormId);
      line.addProperty("workerIndex", workerIndex);
      line.addProperty("pid", pid);
      line.addProperty("epoch", epoch);
      line.addProperty("state", state);
    }
  }

  /** Every executor's components are loaded; user code runs from here on. */
  record Running() implements WorkerFrame {
    @Override
    public String type() {
      return "running";
    }

    @Override
    public void addTo(final JsonObject line) {}
  }

  /** Answers a ping. */
  record Pong() implements WorkerFrame {
    @Override
    public String type() {
      return "pong";
    }

    @Override
    public void addTo(final JsonObject line) {}
  }

  record Stats(JsonArray executors) implements WorkerFrame {
    @Override
    public String type() {
      return "stats";
    }

    @Override
    public void addTo(final JsonObject line) {
      line.add("executors", executors);
    }
  }

  /** How far a task is in the partitions that it reads. */
  record Lag(String component, int task, long timeMs, List<PartitionLag> partitions)
      implements WorkerFrame {
    @Override
    public String type() {
      return "lag";
    }

    @Override
    public void addTo(final JsonObject line) {
      line.addProperty("component", component);
      line.addProperty("task", task);
      line.addProperty("timeMs", timeMs);
      line.add("partitions", FrameText.tree(partitions));
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

    @Override
    public void addTo(final JsonObject line) {
      line.addProperty("component", component);
      line.addProperty("task", task);
      line.addProperty("timeMs", timeMs);
      line.addProperty("message", message);
    }
  }

  record PeekStarted(int id) implements WorkerFrame {
    @Override
    public String type() {
      return "peek-started";
    }

    @Override
    public void addTo(final JsonObject line) {
      line.addProperty("id", id);
    }
  }

  /** Asks for one request. */
  record DrpcFetch(String function) implements WorkerFrame {
    @Override
    public String type() {
      return "drpc-fetch";
    }

    @Override
    public void addTo(final JsonObject line) {
      line.addProperty("function", function);
    }
  }

  /** A whole result. */
  record DrpcResult(String id, String result) implements WorkerFrame {
    @Override
    public String type() {
      return "drpc-result";
    }

    @Override
    public void addTo(final JsonObject line) {
      line.addProperty("id", id);
      line.addProperty("result", result);
      line.addProperty("more", false);
    }
  }

  /** Takes back every fetch of the function that is not answered. */
  record DrpcWithdraw(String function) implements WorkerFrame {
    @Override
    public String type() {
      return "drpc-withdraw";
    }

    @Override
    public void addTo(final JsonObject line) {
      line.addProperty("function", function);
    }
  }

  /**
   * A piece of the arguments of a request that nobody worked on.
   *
   * @param more whether another piece follows
   */
  record DrpcReturn(String id, String args, boolean more) implements WorkerFrame {
    @Override
    public String type() {
      return "drpc-return";
    }

    @Override
    public void addTo(final JsonObject line) {
      line.addProperty("id", id);
      line.addProperty("args", args);
      line.addProperty("more", more);
    }
  }

  /** In Storm's own words: no reason is known. */
  record DrpcFail(String id) implements WorkerFrame {
    @Override
    public String type() {
      return "drpc-fail";
    }

    @Override
    public void addTo(final JsonObject line) {
      line.addProperty("id", id);
      line.add("reason", JsonNull.INSTANCE);
    }
  }

  /** Last words. */
  record Exiting(String reason) implements WorkerFrame {
    @Override
    public String type() {
      return "exiting";
    }

    @Override
    public void addTo(final JsonObject line) {
      line.addProperty("reason", reason);
    }
  }
}
