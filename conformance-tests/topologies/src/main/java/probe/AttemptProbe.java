package probe;

import backtype.storm.Config;
import backtype.storm.tuple.Fields;
import storm.trident.TridentTopology;
import storm.trident.operation.builtin.Sum;

/**
 * What becomes of a Trident batch whose coordinator dies when bolts of other workers hold a part of
 * it. With so many workers and ackers the coordinator and the first task of the source share a
 * worker that has no bolt after it. It ends when the sums' bolt has what the second task emitted;
 * the first task emits after the second has been asked again.
 */
final class AttemptProbe implements Probe {
  private static final int WORKERS = 3;
  private static final int ACKERS = 2;
  private static final int TIMEOUT_SECS = 300;

  @Override
  public String name() {
    return "trident-attempts";
  }

  @Override
  public int workers() {
    return WORKERS;
  }

  @Override
  public void run(Session session) throws Exception {
    TridentTopology topology = new TridentTopology();
    topology
        .newStream(session.topologyName, new HaltingSource())
        .parallelismHint(HaltingSource.PARTITIONS)
        .global()
        .each(HaltingSource.FIELDS, new ArrivalNotes())
        .partitionAggregate(HaltingSource.FIELDS, new Sum(), new Fields("sum"))
        .global()
        .each(new Fields("sum"), new ValueNotes("summed"))
        .partitionPersist(new NotedSums.Factory(), new Fields("sum"), new NotedSums.Adding());
    Config conf = session.newConf();
    conf.setNumWorkers(WORKERS);
    conf.setNumAckers(ACKERS);
    conf.setMessageTimeoutSecs(TIMEOUT_SECS);
    session.submit(conf, topology.build());
    session.await("committed", 1);
  }
}
