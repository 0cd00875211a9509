package gearstorm.host.executor;

import java.util.List;

/**
 * Sees live tuples; called on the emitting thread, several at once. Must be quick and not throw.
 */
@FunctionalInterface
public interface TapConsumer {
  void onTuple(int sourceTask, String stream, List<Object> values);
}
