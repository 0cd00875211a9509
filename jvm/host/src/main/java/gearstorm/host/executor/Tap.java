package gearstorm.host.executor;

/** An open look at live tuples. */
@FunctionalInterface
public interface Tap extends AutoCloseable {
  /** Ends it; a tuple on its way may still be seen. */
  @Override
  void close();
}
