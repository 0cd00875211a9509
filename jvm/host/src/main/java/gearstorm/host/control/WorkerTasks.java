package gearstorm.host.control;

import com.google.gson.JsonArray;
import gearstorm.host.executor.ExecutorGroup;
import gearstorm.host.executor.ExecutorListener;
import gearstorm.host.executor.ExecutorSetup;
import gearstorm.host.executor.Tap;
import gearstorm.host.executor.TapConsumer;
import gearstorm.host.executor.Traffic;
import gearstorm.host.json.JsonText;
import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.spi.LogLevel;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.transport.LinkSettings;
import gearstorm.host.transport.WorkerLinks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The executors of this worker with their links to the others; no links when there are none. */
final class WorkerTasks implements RunningTasks {
  private static final String LINK_GRACE_SECS = "gearstorm.link.grace.secs";

  private final ExecutorGroup executors;
  private final WorkerLinks links;
  private final TopologyBridge topology;
  private final Path credentialsFile;

  /** What the components were told last; guarded by this. */
  private Map<String, String> credentials;

  private WorkerTasks(
      final ExecutorGroup executors,
      final WorkerLinks links,
      final TopologyBridge topology,
      final Path credentialsFile,
      final Map<String, String> credentials) {
    this.executors = executors;
    this.links = links;
    this.topology = topology;
    this.credentialsFile = credentialsFile;
    this.credentials = credentials;
  }

  /**
   * Starts threads and links; user code waits for {@link #activate}.
   *
   * @throws Exception when that fails, or the credentials cannot be used
   */
  static WorkerTasks start(
      final WorkerAssignment assignment,
      final ExecutionPlan plan,
      final String configJson,
      final TopologyBridge topology,
      final Surroundings surroundings,
      final ExecutorListener listener)
      throws Exception {
    final Path file = Path.of(assignment.credentialsFile());
    final Map<String, String> credentials = CredentialsFile.read(file);
    return topology.runAs(
        credentials,
        () -> startAs(credentials, assignment, plan, configJson, topology, surroundings, listener));
  }

  private static WorkerTasks startAs(
      final Map<String, String> credentials,
      final WorkerAssignment assignment,
      final ExecutionPlan plan,
      final String configJson,
      final TopologyBridge topology,
      final Surroundings surroundings,
      final ExecutorListener listener)
      throws IOException {
    final WorkerLinks links =
        plan.workers().size() == 1
            ? null
            : new WorkerLinks(linkSettings(assignment, plan, configJson), topology::log);
    final ExecutorGroup executors =
        new ExecutorGroup(
            new ExecutorSetup(
                plan,
                assignment.workerIndex(),
                assignment.incarnation(),
                topology,
                surroundings.topologyLoader(),
                links,
                surroundings.nanoTime(),
                new SecureRandom().nextLong(),
                listener));
    if (links != null) {
      links.start(executors);
    }
    executors.renewCredentials(credentials);
    executors.start();
    final Path credentialsFile = Path.of(assignment.credentialsFile());
    return new WorkerTasks(executors, links, topology, credentialsFile, credentials);
  }

  private static LinkSettings linkSettings(
      final WorkerAssignment assignment, final ExecutionPlan plan, final String configJson) {
    final Map<Integer, Integer> taskWorkers = new HashMap<>();
    for (final ExecutorPlan executor : plan.executors()) {
      for (int task = executor.firstTask(); task <= executor.lastTask(); task++) {
        taskWorkers.put(task, executor.worker());
      }
    }
    return new LinkSettings(
        assignment.workerIndex(),
        assignment.incarnation(),
        assignment.stormId(),
        assignment.dataSocketPrefix(),
        taskWorkers,
        grace(configJson));
  }

  private static Duration grace(final String configJson) {
    return JsonText.object(configJson).get(LINK_GRACE_SECS) instanceof Number secs
        ? Duration.ofSeconds(secs.longValue())
        : LinkSettings.DEFAULT_GRACE;
  }

  @Override
  public void activate() {
    executors.activate();
  }

  @Override
  public void deactivate() {
    executors.deactivate();
  }

  @Override
  public synchronized void renewCredentials() {
    try {
      final Map<String, String> now = CredentialsFile.read(credentialsFile);
      if (!Objects.equals(now, credentials)) {
        credentials = now;
        topology.renewCredentials(now);
        executors.renewCredentials(now);
      }
    } catch (Exception error) {
      topology.log(LogLevel.ERROR, "the new credentials are not used", error);
    }
  }

  @Override
  public void stop() {
    try {
      executors.stop();
      if (links != null) {
        links.close();
      }
    } catch (IOException error) {
      topology.log(LogLevel.WARN, "a link did not close", error);
    }
  }

  @Override
  public Traffic traffic() {
    return executors.traffic();
  }

  @Override
  public void clockMoved() {
    executors.wake();
  }

  @Override
  public JsonArray stats() {
    return FrameText.tree(executors.stats()).getAsJsonArray();
  }

  @Override
  public Tap tap(final String component, final String stream, final TapConsumer consumer) {
    return executors.tap(component, stream, consumer);
  }
}
