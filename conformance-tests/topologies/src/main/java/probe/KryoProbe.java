package probe;

import backtype.storm.Config;
import backtype.storm.topology.TopologyBuilder;
import com.esotericsoftware.kryo.serializers.FieldSerializer;

/** What values become on their way within a worker and to another. */
final class KryoProbe implements Probe {
  private static final int BOLT_TASKS = 4;

  @Override
  public String name() {
    return "kryo";
  }

  @Override
  public int workers() {
    return 2;
  }

  @Override
  public void run(Session session) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("spout", new KryoSpout());
    builder.setBolt("bolt", new KryoBolt(), BOLT_TASKS).allGrouping("spout");
    Config conf = session.newConf();
    conf.setNumWorkers(2);
    conf.registerSerialization(KryoValues.Registered.class);
    conf.registerSerialization(KryoValues.Custom.class, KryoValues.CustomSerializer.class);
    conf.registerSerialization(KryoValues.Fielded.class, FieldSerializer.class);
    conf.registerDecorator(KryoValues.Decorator.class);
    session.submit(conf, builder.createTopology());
    session.await("ended", BOLT_TASKS);
  }
}
