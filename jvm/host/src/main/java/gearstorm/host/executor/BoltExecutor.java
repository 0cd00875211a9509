package gearstorm.host.executor;

import gearstorm.host.executor.MetricsReports.MeteredOutput;
import gearstorm.host.flow.CycleBudget;
import gearstorm.host.flow.Ring;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.plan.Processor;
import gearstorm.host.spi.BoltTask;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.TupleFactory;
import gearstorm.host.transport.EncodedTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs bolts: takes tuples fairly from all its rings, none while something emitted waits for room
 * outside a cycle. Inside a cycle, tuples of the loop go first and others are held back while the
 * cycle holds too many.
 */
final class BoltExecutor extends TaskExecutor {
  private static final int BURST_TUPLES = 64;
  private static final long DEBT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A cycle that is full still lets one tuple in per so long, or it could never drain by exit. */
  private static final long ENTRY_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(3);

  private static final long NOT_SAMPLED = -1;

  private final BoltTask[] tasks;
  private final Sampler sampler;

  /** Of the component's cycle; null when it is in none. */
  private final CycleBudget cycle;

  private final InputLane.Taker burst = this::takeBurst;
  private final BooleanSupplier hasInput = this::hasInput;
  private final BooleanSupplier lifeChanged = this::lifeChanged;

  // All written by the executor's thread only, the mailbox before it starts.
  private Mailbox mailbox;
  private Ticks ticks;
  private Decoder decoder;
  private ExecutorOutput output;
  private MetricsReports metrics;
  private int created;
  private int prepared;
  private int firstRing;

  // Of the task that executed last; 0 when there is none.
  private int taskAtHand;
  private BoltTask bolt;
  private InputCounters executed;

  private int seenLifeVersion;
  private boolean debtsSeen;

  /** Since the last look at the clock. */
  private boolean timePassed = true;

  private boolean entryAdmitted;
  private long lastForcedEntryNs;

  BoltExecutor(
      final WorkerParts parts, final ExecutorPlan plan, final int number, final CycleBudget cycle) {
    super(parts, plan, number);
    tasks = new BoltTask[plan.taskCount()];
    sampler = new Sampler(config());
    this.cycle = cycle;
  }

  /** Before the start. */
  void mailbox(final Mailbox complete) {
    mailbox = complete;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  @Override
  void create() throws Exception {
    decoder = new Decoder(parts().setup().bridge(), parts().directory());
    final ExecutorScope scope = newScope();
    for (; created < tasks.length; created++) {
      final int task = plan().firstTask() + created;
      enterTask(task);
      tasks[created] = parts().setup().bridge().newBolt(plan().component(), task, scope);
    }
  }

  @Override
  void open(final ExecutorOutput connected, final Map<String, Subscriptions> subscriptions)
      throws Exception {
    output = connected;
    countQueues(mailbox::state, output);
    final List<MeteredOutput> metered = new ArrayList<>();
    for (; prepared < tasks.length; prepared++) {
      final int task = plan().firstTask() + prepared;
      enterTask(task);
      final DeclaredStreams streams = streamsOf(task, tasks[prepared], subscriptions);
      metered.add(
          new MeteredOutput(
              task, tasks[prepared], streams.get(MetricsReports.stream()), lagsOf(task)));
      sayStartup(output, streams);
      giveCredentials(tasks[prepared]);
      tasks[prepared].prepare(
          new BoltOutput(
              tasks[prepared],
              output,
              streams,
              counters(task),
              parts().setup().nanoTime(),
              errorsOf(task)));
    }
    metrics = new MetricsReports(metered, output, this::enterTask, parts().nowNs());
    ticks = new Ticks(tickConfig(), mailbox.rings(), parts().nowNs());
  }

  @Override
  void loop() throws Exception {
    final Life life = parts().life();
    while (!life.stopping()) {
      round(life);
    }
  }

  /** A method of its own: one that never ends is run by the interpreter for long. */
  private void round(final Life life) throws Exception {
    seenLifeVersion = life.version();
    output.onLoop();
    followCredentials(tasks);
    if (timePassed) {
      metrics.reportIfDue(parts().nowNs());
    }
    final boolean moved = output.hasDebts() && output.flush();
    final boolean worked = !output.stopsInput() && takeInput();
    timePassed = moved || worked;
    if (timePassed) {
      notIdle();
    } else {
      timePassed = idle();
    }
  }

  @Override
  void close() {
    endHooks(tasks, created);
    for (int index = 0; index < prepared; index++) {
      try {
        tasks[index].cleanup();
      } catch (Throwable error) {
        reportQuietly(plan().firstTask() + index, error);
      }
    }
  }

  @Override
  boolean isHeldBack() {
    return output.stopsInput();
  }

  @Override
  long workDone() {
    return mailbox.taken();
  }

  @Override
  boolean holdsInput() {
    return mailbox.loop().hasInput() || mailbox.entry().hasInput();
  }

  @Override
  Long queuedBytes() {
    return mailbox.bytes();
  }

  private boolean takeInput() throws Exception {
    boolean worked = ticks.enabled() && takeTick();
    firstRing++;
    worked |= mailbox.loop().takeFromAll(firstRing, burst);
    if (cycle == null || cycle.admitsEntry()) {
      worked |= mailbox.entry().takeFromAll(firstRing, burst);
    } else {
      worked |= forceEntry();
    }
    return worked;
  }

  private boolean takeBurst(final InputLane lane, final Ring ring) throws Exception {
    int taken = 0;
    while (taken < BURST_TUPLES && !output.stopsInput() && !lifeChanged()) {
      final Object next = ring.poll();
      if (next == null) {
        break;
      }
      // What is packed is not known before it is unpacked.
      output.turnTo(ring.peek() instanceof HostTuple upcoming ? upcoming : null);
      execute(unpack(lane, next));
      taken++;
    }
    if (taken > 0) {
      output.endTurns();
      mailbox.onTaken(taken);
      ring.grantRoom();
    }
    return taken > 0;
  }

  private boolean forceEntry() throws Exception {
    final long nowNs = parts().nowNs();
    if (nowNs - lastForcedEntryNs < ENTRY_PAUSE_NS || output.stopsInput()) {
      return false;
    }
    final List<Ring> rings = mailbox.entry().rings();
    for (int index = 0; index < rings.size(); index++) {
      final Ring ring = rings.get(Math.floorMod(firstRing + index, rings.size()));
      final Object next = ring.poll();
      if (next != null) {
        lastForcedEntryNs = nowNs;
        execute(unpack(mailbox.entry(), next));
        ring.grantRoom();
        return true;
      }
    }
    return false;
  }

  private boolean takeTick() throws Exception {
    ticks.advance(parts().nowNs());
    if (!ticks.takeTurn()) {
      return false;
    }
    final TupleFactory factory = parts().setup().bridge().tickFactory();
    final List<Object> values = parts().setup().bridge().tickValues(plan().component());
    for (int index = 0; index < tasks.length; index++) {
      execute(factory.newTuple(values, plan().firstTask() + index, null));
    }
    return true;
  }

  private HostTuple unpack(final InputLane lane, final Object input) {
    if (input instanceof HostTuple tuple) {
      lane.onTaken(tuple);
      return tuple;
    }
    if (input instanceof Stamped stamped) {
      onWaited(stamped.sinceNs());
      return unpack(lane, stamped.element());
    }
    return decoder.decode((EncodedTuple) input);
  }

  private void execute(final HostTuple tuple) throws Exception {
    select(tuple.targetTask());
    if (sampler.picks()) {
      final long startNs = parts().nowNs();
      sampler.onSample(startNs);
      tuple.stampNs(startNs);
      bolt.execute(tuple);
      final long tookNs = parts().nowNs() - startNs;
      bolt.executed(tuple, tookNs);
      executed.addSampled(tuple.sourceTask(), tuple.streamNumber(), tookNs);
    } else {
      bolt.execute(tuple);
      bolt.executed(tuple, NOT_SAMPLED);
      executed.add(tuple.sourceTask(), tuple.streamNumber());
    }
    if (cycle != null) {
      cycle.throwIfExceeded();
    }
  }

  private void select(final int task) {
    if (task != taskAtHand) {
      taskAtHand = task;
      bolt = tasks[task - plan().firstTask()];
      executed = counters(task).executedCounters();
    }
    enterTask(task);
  }

  /** Storm's own components get no ticks, whatever the topology's configuration says. */
  private ComponentConfig tickConfig() {
    final boolean stormsOwn = component().kind() == Processor.Kind.SYSTEM;
    return stormsOwn ? new ComponentConfig("{}") : config();
  }

  @Override
  void park(final long maxNs) {
    debtsSeen = output.hasDebts();
    if (output.stopsInput()) {
      output.requestRoom();
      bell().awaitRoom(DEBT_PAUSE_NS, lifeChanged);
      return;
    }
    final long nowNs = parts().nowNs();
    long pause = Math.min(ticks.untilNextNs(nowNs), metrics.untilNextNs(nowNs));
    if (debtsSeen) {
      pause = Math.min(pause, DEBT_PAUSE_NS);
    }
    // Nobody signals that a cycle has room again.
    entryAdmitted = cycle == null || cycle.admitsEntry();
    if (!entryAdmitted) {
      pause = Math.min(pause, ENTRY_PAUSE_NS);
    }
    if (maxNs == Idling.SLEEP) {
      sampler.onSleep();
      bell().awaitInput(pause, hasInput);
    } else {
      bell().gather(Math.min(pause, maxNs), lifeChanged);
    }
  }

  /** Also true when another thread has left debts since they were last looked at. */
  private boolean hasInput() {
    return lifeChanged()
        || (!debtsSeen && output.hasDebts())
        || mailbox.loop().hasInput()
        || (entryAdmitted && mailbox.entry().hasInput());
  }

  private boolean lifeChanged() {
    return parts().life().version() != seenLifeVersion;
  }
}
