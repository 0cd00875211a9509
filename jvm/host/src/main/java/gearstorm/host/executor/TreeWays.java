package gearstorm.host.executor;

import gearstorm.host.progress.RootId;
import gearstorm.host.progress.TreeCounts;

/**
 * Tells spout executors where the tuples of their followed trees are; of the others it tells
 * nothing. Any thread.
 */
final class TreeWays {
  private final TaskDirectory directory;
  private final TreeCounts counts;

  TreeWays(final TaskDirectory directory, final TreeCounts counts) {
    this.directory = directory;
    this.counts = counts;
  }

  /**
   * A tuple of the tree is about to be published. One for a task that is none, which only a custom
   * grouping chooses, is nowhere.
   */
  void created(final int spoutTask, final long root, final int targetTask) {
    if (RootId.isFollowed(root) && directory.isBolt(targetTask)) {
      counts.add(spoutTask, root, directory.processorIndex(targetTask), 1);
    }
  }

  /** A task has acked a tuple of the tree. */
  void acked(final int spoutTask, final long root, final int task) {
    if (RootId.isFollowed(root)) {
      counts.add(spoutTask, root, directory.processorIndex(task), -1);
    }
  }
}
