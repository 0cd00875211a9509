package gearstorm.host.spi;

import java.util.List;

/** The part of a task that its task hooks hear of besides what the task is called for anyway. */
public interface HookedTask {
  /** Asked at each emit, on the emitting thread; must be cheap. */
  default boolean listensToEmits() {
    return false;
  }

  /**
   * One emit, after its tasks were chosen and before any of them gets the tuple. Runs user code on
   * the emitting thread; what it throws ends the emit.
   *
   * @param targets of an emitDirect to a task that does not subscribe: one null
   */
  default void onEmit(
      final String stream, final List<Object> values, final List<Integer> targets) {}

  /** The task ends; also called when its component was never opened or prepared. */
  default void endHooks() throws Exception {}
}
