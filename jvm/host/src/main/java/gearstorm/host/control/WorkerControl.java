package gearstorm.host.control;

import com.google.gson.JsonArray;
import gearstorm.host.control.LoggerLevels.LoggerLevel;
import gearstorm.host.executor.ExecutorListener;
import gearstorm.host.executor.Traffic;
import gearstorm.host.spi.LogLevel;
import gearstorm.host.spi.PartitionLag;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.transport.WireVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * What this worker and its control plane have to do with each other: obeys control, reports to it,
 * and ends the process when control or user code makes that necessary.
 */
final class WorkerControl implements ControlListener, ExecutorListener {
  /** Control kills after 5 s; closing user code and the last words get a little less. */
  private static final long STOP_LIMIT_MS = 4_500;

  private static final long END_LIMIT_MS = 2_000;

  private final WorkerAssignment assignment;
  private final TopologyBridge topology;
  private final ControlConnection connection;
  private final ReportPump pump;
  private final Outbox outbox = new Outbox();
  private final Peeks peeks;
  private final LoggerLevels logLevels;
  private final boolean ownsProcess;
  private final WorkerEnd end;
  private final ControlDrpc drpc;
  private final CountDownLatch welcome = new CountDownLatch(1);
  // guarded by this
  private boolean active;
  private RunningTasks tasks;
  private boolean tasksStopped;

  /** What each task told last, by task: a control plane that comes anew knows nothing of it. */
  private final Map<Integer, String> lags = new ConcurrentHashMap<>();

  WorkerControl(
      final WorkerAssignment assignment,
      final TopologyBridge topology,
      final ControlDrpc drpc,
      final Surroundings surroundings) {
    this.assignment = assignment;
    this.topology = topology;
    this.drpc = drpc;
    this.ownsProcess = surroundings.ownsProcess();
    this.end = surroundings.end();
    this.active = assignment.active();
    this.peeks = new Peeks(topology::toJsonValue, System::nanoTime);
    final Lease lease = new Lease(assignment.epoch(), assignment.leaseSecs(), System::nanoTime);
    this.connection =
        new ControlConnection(
            Path.of(assignment.controlSocket()), () -> hello(lease.epoch()), lease, this);
    this.logLevels = new LoggerLevels(topology::setLogLevel, System::currentTimeMillis);
    this.pump = new ReportPump(connection::welcomed, this::stats, outbox, peeks, this::keepHouse);
  }

  private void keepHouse() {
    logLevels.expire();
    drpc.tidy();
  }

  /** Begins to look for control. */
  void start() {
    if (ownsProcess) {
      Thread.setDefaultUncaughtExceptionHandler(this::onUncaught);
    }
    new Thread(connection, "gearstorm-control").start();
    final Thread pumping = new Thread(pump, "gearstorm-reports");
    pumping.setDaemon(true);
    pumping.start();
  }

  /** Returns true once control says that the slot is ours, false when that is not to come. */
  boolean awaitWelcome() throws InterruptedException {
    welcome.await();
    return !end.hasBegun();
  }

  /** The components are loaded; from here on control steers them. */
  synchronized void running(final RunningTasks loaded) {
    if (end.hasBegun()) {
      loaded.stop();
      return;
    }
    tasks = loaded;
    peeks.attach(loaded);
    outbox.add(FrameText.write(new WorkerFrame.Running()));
    tasks.renewCredentials(); // control may have said so while they were loaded
    if (active) {
      tasks.activate();
    }
  }

  /** Components cannot be loaded: the end of this worker, as if user code threw. */
  void onLoadFailure(final Throwable error) {
    fail("topology " + assignment.topologyName() + " does not load: " + error, error);
  }

  private synchronized WorkerFrame.Hello hello(final long epoch) {
    return new WorkerFrame.Hello(
        WireVersion.CURRENT,
        assignment.token(),
        assignment.stormId(),
        assignment.workerIndex(),
        ProcessHandle.current().pid(),
        epoch,
        tasks == null ? "starting" : "running");
  }

  private JsonArray stats() {
    final RunningTasks loaded = loaded();
    return loaded == null ? new JsonArray() : loaded.stats();
  }

  private synchronized RunningTasks loaded() {
    return tasks;
  }

  @Override
  public void onWelcome() {
    welcome.countDown();
    lags.values().forEach(outbox::add);
    outbox.wake();
  }

  @Override
  public synchronized void onActivate() {
    active = true;
    drpc.setActive(true);
    if (tasks != null) {
      tasks.activate();
    }
  }

  @Override
  public synchronized void onDeactivate() {
    active = false;
    drpc.setActive(false);
    if (tasks != null) {
      tasks.deactivate();
    }
  }

  @Override
  public void onCredentials() {
    final RunningTasks loaded = loaded();
    if (loaded != null) {
      loaded.renewCredentials();
    }
  }

  @Override
  public void onLogLevels(final List<LoggerLevel> levels) {
    logLevels.set(levels);
  }

  Traffic traffic() {
    final RunningTasks loaded = loaded();
    return loaded == null ? new Traffic(0, 0, 0) : loaded.traffic();
  }

  void clockMoved() {
    final RunningTasks loaded = loaded();
    if (loaded != null) {
      loaded.clockMoved();
    }
  }

  @Override
  public void onPing() {
    outbox.add(FrameText.write(new WorkerFrame.Pong()));
  }

  @Override
  public void onPeekStart(final ControlFrame.PeekStart request) {
    peeks.start(request);
    outbox.wake();
  }

  @Override
  public void onPeekStop(final int id) {
    peeks.stop(id);
  }

  @Override
  public void onDrpc(final ControlFrame.Drpc server) {
    drpc.onServer(server, connection.welcomed());
  }

  @Override
  public void onDrpcRequest(final ControlFrame.DrpcRequestPiece piece) {
    drpc.onRequest(piece);
  }

  @Override
  public void onDrpcRefused(final ControlFrame.DrpcRefused refused) {
    drpc.onRefused(refused.function());
  }

  @Override
  public void onDisconnect() {
    peeks.stopAll();
    drpc.onDisconnect();
  }

  @Override
  public void onStop(final String reason) {
    if (end.hasBegun()) {
      return;
    }
    topology.log(LogLevel.INFO, "stopping: " + reason, null);
    drpc.setActive(false);
    begin(WorkerEnd.STOPPED, STOP_LIMIT_MS, () -> stopTasks(reason));
  }

  @Override
  public void onRefused(final String reason) {
    topology.log(LogLevel.WARN, "control refused this worker: " + reason, null);
    begin(WorkerEnd.NOT_WANTED, END_LIMIT_MS, () -> {});
  }

  @Override
  public void onLeaseOver() {
    final String reason = "no control plane for " + assignment.leaseSecs() + " s";
    topology.log(LogLevel.WARN, "ending: " + reason, null);
    begin(WorkerEnd.NOT_WANTED, STOP_LIMIT_MS, () -> stopTasks(reason));
  }

  @Override
  public void onError(final String component, final int task, final Throwable error) {
    topology.log(LogLevel.ERROR, "component " + component + ", task " + task, error);
    report(component, task, error);
  }

  @Override
  public void onThrottledError(final String component, final int task, final Throwable error) {
    topology.log(LogLevel.ERROR, "component " + component + ", task " + task, error);
  }

  @Override
  public void onLag(final String component, final int task, final List<PartitionLag> partitions) {
    final String line =
        FrameText.write(
            new WorkerFrame.Lag(component, task, System.currentTimeMillis(), partitions));
    lags.put(task, line);
    outbox.add(line);
  }

  @Override
  public void onFatal(final String component, final int task, final Throwable error) {
    try {
      report(component, task, error);
      fail(
          "component %s, task %d of topology %s threw %s"
              .formatted(component, task, assignment.topologyName(), error),
          error);
    } catch (Throwable noLastWords) {
      end.now(WorkerEnd.USER_CODE_THREW); // such as no memory for them
    }
  }

  /** A thread died that no executor runs: one of user code, or one of ours. */
  private void onUncaught(final Thread thread, final Throwable error) {
    try {
      final String reason =
          "thread %s of topology %s threw %s"
              .formatted(thread.getName(), assignment.topologyName(), error);
      if (topology.endsWorker(error)) {
        fail(reason, error);
      } else {
        topology.log(LogLevel.ERROR, reason, error);
      }
    } catch (Throwable noLastWords) {
      end.now(WorkerEnd.USER_CODE_THREW);
    }
  }

  private void report(final String component, final Integer task, final Throwable error) {
    outbox.add(
        FrameText.write(
            new WorkerFrame.ErrorReport(
                component, task, System.currentTimeMillis(), StackText.of(error))));
  }

  /** After the last work nothing of this worker is left in a process that goes on. */
  private void begin(final int exitCode, final long limitMs, final Runnable lastWork) {
    end.begin(
        exitCode,
        limitMs,
        () -> {
          lastWork.run();
          if (!ownsProcess) {
            stopTasks();
            pump.finish();
            connection.close();
            topology.close();
            welcome.countDown();
          }
        });
  }

  private void stopTasks(final String reason) {
    stopTasks();
    sayLast(reason);
  }

  private void stopTasks() {
    final RunningTasks loaded;
    synchronized (this) {
      loaded = tasksStopped ? null : tasks;
      tasksStopped = true;
    }
    if (loaded != null) {
      loaded.stop();
    }
  }

  private void fail(final String reason, final Throwable error) {
    begin(
        WorkerEnd.USER_CODE_THREW,
        END_LIMIT_MS,
        () -> {
          topology.log(LogLevel.ERROR, reason, error);
          sayLast(reason);
        });
  }

  private void sayLast(final String reason) {
    outbox.add(FrameText.write(new WorkerFrame.Exiting(reason)));
    pump.finish();
  }
}
