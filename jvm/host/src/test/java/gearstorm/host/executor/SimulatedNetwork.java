package gearstorm.host.executor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections between workers: first in, first out on each, any delay between them. What a worker
 * had sent before it died may still arrive, or not; a sender notices a death late.
 */
final class SimulatedNetwork {
  private static final int DELAY_MS_MAX = 40;
  private static final int SLOW_DELAY_MS_MAX = 300;

  private final SimulatedWorld world;
  private final List<Wire> wires = new ArrayList<>();

  private record Chunk(long arriveAtNs, byte[] frames) {}

  /** One connection between two lives. */
  private static final class Wire {
    private final SimulatedWorker from;
    private final SimulatedWorker to;
    private final Deque<Chunk> sent = new ArrayDeque<>();
    private long lastArrivalNs;

    /** When the sender finds out that the receiver is gone. */
    private long noticeAtNs = Long.MAX_VALUE;

    /** The sender has given it up, or is gone itself. */
    private boolean closing;

    private Wire(final SimulatedWorker from, final SimulatedWorker to) {
      this.from = from;
      this.to = to;
    }
  }

  SimulatedNetwork(final SimulatedWorld world) {
    this.world = world;
  }

  /**
   * @param workers by index; null while one is away
   */
  void step(final SimulatedWorker[] workers) {
    for (final SimulatedWorker from : workers) {
      for (int peer = 0; from != null && peer < workers.length; peer++) {
        if (peer != from.index()) {
          connect(from, peer, workers[peer]);
        }
      }
    }
    wires.forEach(this::send);
    wires.forEach(this::deliver);
    wires.removeIf(wire -> !wire.to.life().alive() && wire.closing);
    wires.removeIf(wire -> wire.closing && wire.sent.isEmpty());
  }

  private void connect(final SimulatedWorker from, final int peer, final SimulatedWorker to) {
    from.links().await(peer);
    if (!from.links().mayConnect(peer)) {
      return;
    }
    if (to == null) {
      from.links().unreachable(peer);
      return;
    }
    // A receiver reads one connection of a worker at a time; the newest counts.
    wires.removeIf(wire -> wire.from.index() == from.index() && wire.to == to);
    from.links().connected(peer, to.incarnation());
    if (world.mutant == SimulatedWorld.Mutant.LOSES_AT_RECONNECT) {
      from.links().nextBatch(peer, to.incarnation());
    }
    wires.add(new Wire(from, to));
  }

  private void send(final Wire wire) {
    if (wire.closing) {
      return;
    }
    if (!wire.from.life().alive()) {
      wire.closing = true;
      loseSomeOf(wire.sent);
    } else if (world.nowNs() >= noticeAtNs(wire)) {
      wire.closing = true;
      wire.from.links().broken(wire.to.index());
    } else if (world.chance(0.5)) {
      write(wire);
    }
  }

  private void write(final Wire wire) {
    final byte[] frames = wire.from.links().nextBatch(wire.to.index(), wire.to.incarnation());
    if (frames == null) {
      wire.closing = true;
      wire.from.links().broken(wire.to.index());
    } else if (frames.length > 0) {
      final int delayMs =
          world.random.nextInt(world.chance(0.02) ? SLOW_DELAY_MS_MAX : DELAY_MS_MAX);
      wire.lastArrivalNs =
          Math.max(wire.lastArrivalNs, world.nowNs() + TimeUnit.MILLISECONDS.toNanos(delayMs));
      wire.sent.add(new Chunk(wire.lastArrivalNs, frames));
    }
  }

  private long noticeAtNs(final Wire wire) {
    if (wire.noticeAtNs == Long.MAX_VALUE && !wire.to.life().alive()) {
      final int delayMs = world.random.nextInt(world.chance(0.2) ? 600 : 20);
      wire.noticeAtNs = world.nowNs() + TimeUnit.MILLISECONDS.toNanos(delayMs);
    }
    return wire.noticeAtNs;
  }

  private void deliver(final Wire wire) {
    while (wire.to.life().alive()
        && !wire.sent.isEmpty()
        && wire.sent.peek().arriveAtNs() <= world.nowNs()) {
      wire.to.links().receive(wire.from.index(), wire.sent.remove().frames());
    }
  }

  /** A part of what a dead worker had written was never sent. */
  private void loseSomeOf(final Deque<Chunk> sent) {
    int kept = world.random.nextInt(sent.size() + 1);
    final Iterator<Chunk> chunks = sent.iterator();
    while (chunks.hasNext()) {
      chunks.next();
      if (kept-- <= 0) {
        chunks.remove();
      }
    }
  }
}
