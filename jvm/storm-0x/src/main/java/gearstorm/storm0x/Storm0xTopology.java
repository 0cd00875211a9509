package gearstorm.storm0x;

import backtype.storm.Config;
import backtype.storm.Constants;
import backtype.storm.generated.GlobalStreamId;
import backtype.storm.generated.StormTopology;
import backtype.storm.grouping.CustomStreamGrouping;
import backtype.storm.spout.ISpout;
import backtype.storm.task.IBolt;
import gearstorm.host.spi.BoltTask;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.LogLevel;
import gearstorm.host.spi.SpoutTask;
import gearstorm.host.spi.SpoutWait;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.TaskChooser;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.spi.TupleFactory;
import gearstorm.host.spi.ValueCodec;
import gearstorm.host.spi.WorkerEnvironment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** One loaded topology: immutable, every object that user code gets is made anew. */
final class Storm0xTopology implements TopologyBridge {
  private final StormTopology systemTopology;
  private final ComponentObjects objects;
  private final MetricsConsumers consumers;
  private final TaskContexts contexts;
  private final FieldsHash fieldsHash;
  private final List<StreamInfo> systemStreams;
  private final ClassLoader loader;
  private final CredentialsListeners credentialsListeners;
  private final WorkerSubject subject;
  private final DrpcClients drpcClients;
  private final WorkerLog log;

  Storm0xTopology(
      final WorkerEnvironment environment,
      final StormTopology topology,
      final StormTopology systemTopology,
      final WorkerLog log) {
    this.systemTopology = systemTopology;
    this.objects = new ComponentObjects(topology, environment.topologyLoader());
    this.contexts = new TaskContexts(environment, topology, systemTopology);
    this.consumers = new MetricsConsumers(contexts.parts().conf());
    this.fieldsHash = FieldsHash.ofStormIn(environment.topologyLoader());
    this.systemStreams =
        environment.componentStreams().getOrDefault(Constants.SYSTEM_COMPONENT_ID, List.of());
    this.loader = environment.topologyLoader();
    this.credentialsListeners = CredentialsListeners.of(loader);
    this.drpcClients = new DrpcClients(environment.drpc(), contexts.parts().conf());
    this.subject = new WorkerSubject(contexts.parts().conf(), loader);
    this.log = log;
  }

  @Override
  public SpoutTask newSpout(final String component, final int task, final ExecutorScope scope)
      throws Exception {
    final ISpout spout = objects.newSpout(component);
    ClojureRuntime.loadFor(spout);
    return new StormSpoutTask(
        TridentCoordinator.mended(spout),
        contexts.newTask(component, task, scope),
        drpcClients.attach(spout, contexts.componentConf(component), scope),
        credentialsListeners);
  }

  @Override
  public BoltTask newBolt(final String component, final int task, final ExecutorScope scope)
      throws Exception {
    final IBolt storms = consumers.newBolt(component);
    final IBolt bolt = storms == null ? objects.newBolt(component) : storms;
    ClojureRuntime.loadFor(bolt);
    drpcClients.attach(bolt);
    return new StormBoltTask(
        TridentPartitions.mended(TridentMetadata.mended(bolt)),
        contexts.newTask(component, task, scope),
        credentialsListeners);
  }

  @Override
  public SpoutWait newSpoutWait(final String component) throws Exception {
    return WaitStrategies.create(contexts.componentConf(component), loader);
  }

  @Override
  public TupleFactory tupleFactory(final int sourceTask, final StreamInfo stream) {
    final TupleFactory tuples =
        new StreamTuples(new StreamContext(contexts.parts(), systemTopology, sourceTask, stream));
    return stream.id().equals(Constants.METRICS_STREAM_ID) ? new ReportTuples(tuples) : tuples;
  }

  @Override
  public TupleFactory tickFactory() {
    final StreamInfo ticks =
        systemStreams.stream()
            .filter(stream -> stream.id().equals(Constants.SYSTEM_TICK_STREAM_ID))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the plan declares no tick stream"));
    return tupleFactory((int) Constants.SYSTEM_TASK_ID, ticks);
  }

  @Override
  public List<Object> tickValues(final String component) {
    return ClojureData.listOf(
        contexts.componentConf(component).get(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS));
  }

  @Override
  public TaskChooser customGrouping(
      final String source,
      final String stream,
      final String target,
      final List<Integer> targetTasks)
      throws Exception {
    final GlobalStreamId id = new GlobalStreamId(source, stream);
    final CustomStreamGrouping grouping = objects.newGrouping(target, id);
    grouping.prepare(contexts.newWorkerContext(), id, targetTasks);
    return grouping::chooseTasks;
  }

  @Override
  public int fieldsHash(final List<Object> values, final int[] fieldIndexes) {
    return fieldsHash.of(values, fieldIndexes);
  }

  @Override
  public ValueCodec newValueCodec() {
    return new KryoValueCodec(contexts.parts().conf());
  }

  @Override
  public Object toJsonValue(final Object value) {
    return PlainValues.of(value);
  }

  @Override
  public <T> T runAs(final Map<String, String> credentials, final Callable<T> work)
      throws Exception {
    return subject.run(credentials, work);
  }

  @Override
  public void renewCredentials(final Map<String, String> credentials) throws Exception {
    subject.renew(credentials);
  }

  /** From 0.10 on, an Error does; anything else only ends its thread. */
  @Override
  public boolean endsWorker(final Throwable uncaught) {
    return uncaught instanceof Error && fieldsHash == FieldsHash.DEEP;
  }

  @Override
  public void close() {
    contexts.parts().close();
  }

  @Override
  public Runnable setLogLevel(final String logger, final String level) {
    return log.setLevel(logger, level);
  }

  @Override
  public void log(final LogLevel level, final String message, final Throwable cause) {
    log.write(level, message, cause);
  }
}
