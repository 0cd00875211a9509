package gearstorm.host.executor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must become of every tuple tree, from nothing but who descends from whom and what user code
 * did: it knows no edge, no root id and no delta. Every check throws an AssertionError.
 */
final class TreeOracle {
  /** One life of a worker. */
  static final class Life {
    final int worker;
    private boolean alive = true;

    Life(final int worker) {
      this.worker = worker;
    }

    boolean alive() {
      return alive;
    }
  }

  /** One tuple on its way to, or in, one task. */
  static final class Node {
    private final int worker;
    private final long bornNs;
    private final List<Node> children = new ArrayList<>();
    final int depth;
    private Life at;
    private int acks;
    private int fails;
    private long lastSettleNs;

    private Node(final int worker, final int depth, final long bornNs) {
      this.worker = worker;
      this.depth = depth;
      this.bornNs = bornNs;
    }

    boolean settled() {
      return acks + fails > 0;
    }

    private boolean ackedOnceByTheLiving() {
      return acks == 1 && fails == 0 && at.alive;
    }
  }

  /** One spout tuple with a message id, which this object is. */
  static final class Tree {
    private final Life home;
    private final long bornNs;
    private final long busyAtBirthNs;
    private final List<Node> first = new ArrayList<>();
    private String outcome;

    private Tree(final Life home, final long bornNs, final long busyAtBirthNs) {
      this.home = home;
      this.bornNs = bornNs;
      this.busyAtBirthNs = busyAtBirthNs;
    }
  }

  private final long timeoutNs;
  private final long lagNs;
  private final List<Tree> trees = new ArrayList<>();
  private final Map<Long, Map<Integer, Node>> nodes = new HashMap<>();

  /** When the last life of each worker ended. */
  private final Map<Integer, Long> deaths = new HashMap<>();

  private long emissions;
  private int acked;
  private int failed;

  /**
   * @param timeoutNs the message timeout T; 0 when it is switched off
   * @param lagNs what a delta between living workers may take, and a spout to look at it
   */
  TreeOracle(final long timeoutNs, final long lagNs) {
    this.timeoutNs = timeoutNs;
    this.lagNs = lagNs;
  }

  /**
   * @param busyNs how long user code has kept the spout's thread in all, here and in the callbacks
   */
  Tree newTree(final Life home, final long nowNs, final long busyNs) {
    final Tree tree = new Tree(home, nowNs, busyNs);
    trees.add(tree);
    return tree;
  }

  /** An emit of a spout; returns the value that names its tuples. */
  long onSpoutEmit(final Tree tree, final Map<Integer, Integer> workerByTarget, final long nowNs) {
    final Collection<Node> made = newNodes(workerByTarget, 1, nowNs);
    if (tree != null) {
      tree.first.addAll(made);
    }
    return emissions;
  }

  /** An emit of a bolt; no anchors: it belongs to no tree. */
  long onBoltEmit(
      final List<Node> anchors,
      final int depth,
      final Map<Integer, Integer> workerByTarget,
      final long nowNs) {
    final Collection<Node> made = newNodes(workerByTarget, depth, nowNs);
    anchors.forEach(anchor -> anchor.children.addAll(made));
    return emissions;
  }

  Node onReceive(final long emission, final int task, final Life at) {
    final Node node = nodes.get(emission).get(task);
    check(node.at == null, "one tuple was delivered twice");
    node.at = at;
    return node;
  }

  void onSettle(final Node node, final boolean asAck, final long nowNs) {
    if (asAck) {
      node.acks++;
    } else {
      node.fails++;
    }
    node.lastSettleNs = nowNs;
  }

  void onDeath(final Life life, final long nowNs) {
    life.alive = false;
    deaths.put(life.worker, nowNs);
  }

  void onAckCallback(final Tree tree, final long nowNs, final long busyNs) {
    end(tree, "acked");
    acked++;
    for (final Node node : descendants(tree)) {
      check(node.acks > 0, "a tree was acked before all of its tuples were");
    }
    check(isInTime(tree, nowNs, busyNs), "a tree was acked after twice the timeout");
  }

  void onFailCallback(final Tree tree, final long nowNs, final long busyNs) {
    end(tree, "failed");
    failed++;
    final Set<Node> descendants = descendants(tree);
    final long ageNs = nowNs - tree.bornNs;
    final boolean timedOut = timeoutNs > 0 && ageNs >= timeoutNs;
    check(
        timedOut || descendants.stream().anyMatch(node -> node.fails > 0 || mayBeDropped(node)),
        "a tree failed before its timeout, and nobody had failed it");
    check(isInTime(tree, nowNs, busyNs), "a tree failed later than twice the timeout");
    check(!surelyComplete(descendants, nowNs), "a tree failed although all of it had been acked");
  }

  /** Nothing moves any more, and every timeout is over. */
  void onQuiet(final long nowNs) {
    for (final Tree tree : trees) {
      if (tree.home.alive && tree.outcome == null) {
        check(timeoutNs == 0, "a tree is still pending after twice the timeout");
        final Set<Node> descendants = descendants(tree);
        check(!surelyComplete(descendants, nowNs), "a tree is pending, but all of it was acked");
        check(
            descendants.stream().noneMatch(node -> surelyFailed(node, nowNs)),
            "a tree is pending, but a part of it was failed");
      }
    }
  }

  int acked() {
    return acked;
  }

  int failed() {
    return failed;
  }

  private Collection<Node> newNodes(
      final Map<Integer, Integer> workerByTarget, final int depth, final long nowNs) {
    final Map<Integer, Node> made = new HashMap<>();
    workerByTarget.forEach((task, worker) -> made.put(task, new Node(worker, depth, nowNs)));
    nodes.put(++emissions, made);
    return made.values();
  }

  private void end(final Tree tree, final String outcome) {
    check(tree.home.alive, "a dead spout heard of a tree");
    check(tree.outcome == null, "a tree was " + outcome + " after it had been " + tree.outcome);
    tree.outcome = outcome;
  }

  private boolean isInTime(final Tree tree, final long nowNs, final long busyNs) {
    final long loopedNs = nowNs - tree.bornNs - (busyNs - tree.busyAtBirthNs);
    return timeoutNs == 0 || loopedNs <= 2 * timeoutNs + lagNs;
  }

  /**
   * All acks are out, each by a worker that still lives, and long enough ago: no fault of another
   * worker can excuse that they do not count.
   */
  private boolean surelyComplete(final Set<Node> descendants, final long nowNs) {
    return descendants.stream()
        .allMatch(node -> node.ackedOnceByTheLiving() && nowNs - node.lastSettleNs > lagNs);
  }

  private boolean surelyFailed(final Node node, final long nowNs) {
    return node.fails > 0 && node.at.alive && nowNs - node.lastSettleNs > lagNs;
  }

  /** Its worker was away at some time while it waited: its sender may have given it up. */
  private boolean mayBeDropped(final Node node) {
    final Long death = deaths.get(node.worker);
    return node.at == null && death != null && node.bornNs - death <= 4 * lagNs;
  }

  private static Set<Node> descendants(final Tree tree) {
    final Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
    final Deque<Node> open = new ArrayDeque<>(tree.first);
    while (!open.isEmpty()) {
      final Node node = open.remove();
      if (found.add(node)) {
        open.addAll(node.children);
      }
    }
    return found;
  }

  private static void check(final boolean holds, final String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
