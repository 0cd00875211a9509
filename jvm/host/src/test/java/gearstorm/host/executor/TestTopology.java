package gearstorm.host.executor;

import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.plan.PlannedStream;
import gearstorm.host.plan.Processor;
import gearstorm.host.plan.Route;
import gearstorm.host.plan.RouteChoice;
import gearstorm.host.plan.WorkerPlan;
import gearstorm.host.spi.BoltTask;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.LogLevel;
import gearstorm.host.spi.PartitionLag;
import gearstorm.host.spi.SpoutTask;
import gearstorm.host.spi.SpoutWait;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.TaskChooser;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.spi.TupleFactory;
import gearstorm.host.spi.ValueCodec;
import gearstorm.host.transport.LinkSettings;
import gearstorm.host.transport.RemoteWorkers;
import gearstorm.host.transport.WorkerLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A small topology under test: a plan, and a bridge whose components are given as code. Every
 * component declares the streams "default" and "other" of one field each. Tasks are numbered in the
 * order of declaration; an executor per task unless asked otherwise.
 */
final class TestTopology implements TopologyBridge, ExecutorListener, AutoCloseable {
  record Failure(String component, int task, Throwable error) {}

  final List<Failure> fatals = new SharedList<>();
  final List<Failure> errors = new SharedList<>();
  final List<String> logged = new SharedList<>();
  final List<Failure> throttled = new SharedList<>();
  final Map<String, TaskChooser> choosers = new ConcurrentHashMap<>();

  private static final List<PlannedStream> STREAMS =
      List.of(
          new PlannedStream("default", List.of("value"), false),
          new PlannedStream("other", List.of("value"), false));

  private final List<Processor> processors = new ArrayList<>();
  private final List<ExecutorPlan> executors = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();
  private final Map<String, String> config = new HashMap<>();
  private final Map<String, IntFunction<SpoutTask>> spouts = new HashMap<>();
  private final Map<String, IntFunction<BoltTask>> bolts = new HashMap<>();
  private int nextTask = 1;
  private LongSupplier clock = System::nanoTime;
  private RemoteWorkers remote;
  private SpoutWait spoutWait;
  private Supplier<ValueCodec> newCodec = TextCodec::new;
  private int worker;
  private final List<ExecutorGroup> groups = new ArrayList<>();
  private final List<WorkerLinks> links = new ArrayList<>();

  /** A configuration value, as JSON, for the components declared from here on. */
  TestTopology with(final String key, final String json) {
    config.put(key, json);
    return this;
  }

  TestTopology clock(final LongSupplier nanoTime) {
    clock = nanoTime;
    return this;
  }

  TestTopology spoutWait(final SpoutWait wait) {
    spoutWait = wait;
    return this;
  }

  /** The worker, 0 or 1, of the components declared from here on. */
  TestTopology on(final int index) {
    worker = index;
    return this;
  }

  TestTopology remote(final RemoteWorkers workers) {
    remote = workers;
    return this;
  }

  TestTopology spout(final String id, final int tasks, final IntFunction<SpoutTask> code) {
    spouts.put(id, code);
    return component(id, Processor.Kind.SPOUT, tasks, tasks, null, worker);
  }

  TestTopology spout(final String id, final SpoutTask code) {
    return spout(id, 1, task -> code);
  }

  TestTopology bolt(final String id, final int tasks, final IntFunction<BoltTask> code) {
    return bolt(id, tasks, tasks, null, code);
  }

  TestTopology bolt(final String id, final BoltTask code) {
    return bolt(id, 1, task -> code);
  }

  /** A spout named so, and behind it, by shuffle grouping, a bolt named so. */
  TestTopology chain(final SpoutTask spout, final BoltTask bolt) {
    return spout("spout", spout)
        .bolt("bolt", bolt)
        .route("spout", "bolt", RouteChoice.Kind.SHUFFLE);
  }

  TestTopology bolt(
      final String id,
      final int tasks,
      final int executorCount,
      final Integer cycle,
      final IntFunction<BoltTask> code) {
    bolts.put(id, code);
    return component(id, Processor.Kind.BOLT, tasks, executorCount, cycle, worker);
  }

  /** A bolt that runs in another worker. */
  TestTopology boltElsewhere(final String id, final int tasks) {
    return component(id, Processor.Kind.BOLT, tasks, tasks, null, 1);
  }

  TestTopology route(final String source, final String target, final RouteChoice.Kind kind) {
    return route(source, "default", target, kind);
  }

  TestTopology route(
      final String source, final String stream, final String target, final RouteChoice.Kind kind) {
    final List<Integer> tasks = processor(target).tasks();
    final List<Integer> indexes = kind == RouteChoice.Kind.FIELDS ? List.of(0) : List.of();
    routes.add(new Route(source, stream, target, tasks, new RouteChoice(kind, indexes)));
    return this;
  }

  /** Starts it inactive. */
  TestTopology start() {
    newGroup(0, remote).start();
    return this;
  }

  TestTopology run() {
    start();
    group().activate();
    return this;
  }

  /** Runs both workers in this process, joined by real links whose sockets are in the folder. */
  TestTopology runLinked(final Path folder) throws IOException {
    for (int index = 0; index < 2; index++) {
      final WorkerLinks own =
          new WorkerLinks(
              new LinkSettings(
                  index,
                  7,
                  "test-1-1",
                  folder.resolve("w").toString(),
                  taskWorkers(),
                  LinkSettings.DEFAULT_GRACE),
              this::log);
      links.add(own);
      own.start(newGroup(index, own));
    }
    groups.forEach(ExecutorGroup::start);
    groups.forEach(ExecutorGroup::activate);
    return this;
  }

  /** Of worker 0. */
  ExecutorGroup group() {
    return groups.get(0);
  }

  private ExecutorGroup newGroup(final int index, final RemoteWorkers ways) {
    final ExecutionPlan plan =
        new ExecutionPlan(
            1,
            "test-1-1",
            "test",
            "fake",
            Set.of(),
            processors,
            executors,
            List.of(new WorkerPlan(0, 6700), new WorkerPlan(1, 6701)),
            routes);
    final ClassLoader loader = getClass().getClassLoader();
    groups.add(
        new ExecutorGroup(
            new ExecutorSetup(plan, index, 7, this, loader, ways, clock, 42 + index, this)));
    return groups.get(index);
  }

  private Map<Integer, Integer> taskWorkers() {
    final Map<Integer, Integer> workers = new HashMap<>();
    for (final ExecutorPlan executor : executors) {
      for (int task = executor.firstTask(); task <= executor.lastTask(); task++) {
        workers.put(task, executor.worker());
      }
    }
    return workers;
  }

  /**
   * Waits for a condition while ten seconds pass by the clock at each look. A thread that looks at
   * it late counts two time-outs as one, so that nobody can say after which step something is over.
   */
  void awaitWhileTimePasses(
      final AtomicLong nowNs, final String what, final BooleanSupplier condition)
      throws InterruptedException {
    await(
        what,
        () -> {
          nowNs.addAndGet(10_000_000_000L);
          group().activate();
          return condition.getAsBoolean();
        });
  }

  /** Waits for a condition; a generous limit turns a hang into a failure. */
  void await(final String what, final BooleanSupplier condition) throws InterruptedException {
    final long giveUpNs = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - giveUpNs > 0) {
        throw new AssertionError("never happened: " + what + "; fatal: " + fatals);
      }
      Thread.sleep(2);
    }
  }

  @Override
  public void close() {
    groups.forEach(ExecutorGroup::stop);
    for (final WorkerLinks own : links) {
      try {
        own.close();
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }
  }

  @Override
  public SpoutTask newSpout(final String component, final int task, final ExecutorScope scope) {
    return spouts.get(component).apply(task);
  }

  @Override
  public SpoutWait newSpoutWait(final String component) {
    return spoutWait;
  }

  @Override
  public BoltTask newBolt(final String component, final int task, final ExecutorScope scope) {
    return bolts.get(component).apply(task);
  }

  @Override
  public TupleFactory tupleFactory(final int sourceTask, final StreamInfo stream) {
    return new FakeTuple.Factory(sourceTask, stream);
  }

  @Override
  public TupleFactory tickFactory() {
    return new FakeTuple.Factory(-1, new StreamInfo("__system", "__tick", 0, List.of("rate_secs")));
  }

  @Override
  public List<Object> tickValues(final String component) {
    return List.of("tick");
  }

  @Override
  public TaskChooser customGrouping(
      final String source,
      final String stream,
      final String target,
      final List<Integer> targetTasks) {
    return choosers.get(target);
  }

  @Override
  public int fieldsHash(final List<Object> values, final int[] fieldIndexes) {
    int hash = 0;
    for (final int index : fieldIndexes) {
      hash = 31 * hash + values.get(index).hashCode();
    }
    return hash;
  }

  /** Values cross as text: a receiver in the other worker sees strings. */
  @Override
  public ValueCodec newValueCodec() {
    return newCodec.get();
  }

  TestTopology codec(final Supplier<ValueCodec> codecs) {
    newCodec = codecs;
    return this;
  }

  @Override
  public Object toJsonValue(final Object value) {
    return value;
  }

  @Override
  public void log(final LogLevel level, final String message, final Throwable cause) {
    logged.add(message);
  }

  @Override
  public void onError(final String component, final int task, final Throwable error) {
    errors.add(new Failure(component, task, error));
  }

  @Override
  public void onLag(final String component, final int task, final List<PartitionLag> partitions) {}

  @Override
  public void onThrottledError(final String component, final int task, final Throwable error) {
    throttled.add(new Failure(component, task, error));
  }

  @Override
  public void onFatal(final String component, final int task, final Throwable error) {
    fatals.add(new Failure(component, task, error));
  }

  static final class TextCodec implements ValueCodec {
    @Override
    public byte[] encode(final List<Object> values) {
      return String.valueOf(values.get(0)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<Object> decode(final byte[] buffer, final int offset, final int length) {
      return List.of(new String(buffer, offset, length, StandardCharsets.UTF_8));
    }
  }

  private TestTopology component(
      final String id,
      final Processor.Kind kind,
      final int tasks,
      final int executorCount,
      final Integer cycle,
      final int worker) {
    final List<Integer> ids = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      ids.add(nextTask++);
    }
    final List<String> members = new ArrayList<>();
    config.forEach((key, json) -> members.add("\"" + key + "\":" + json));
    processors.add(
        new Processor(
            id,
            kind,
            "java",
            ids,
            STREAMS,
            "{" + String.join(",", members) + "}",
            Set.of(),
            cycle));
    final int perExecutor = tasks / executorCount;
    for (int first = 0; first < tasks; first += perExecutor) {
      executors.add(new ExecutorPlan(id, ids.get(first), ids.get(first + perExecutor - 1), worker));
    }
    return this;
  }

  private Processor processor(final String id) {
    return processors.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }
}
