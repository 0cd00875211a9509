package gearstorm.host.progress;

/** Hears where the tuples of followed trees are: counts that add up, in any order. Any thread. */
@FunctionalInterface
public interface TreeCounts {
  /**
   * @param root one that {@link RootId#isFollowed}
   * @param component that has to ack, by its place in the plan
   * @param tuples created for it, or acked by it when negative
   */
  void add(int spoutTask, long root, int component, int tuples);
}
