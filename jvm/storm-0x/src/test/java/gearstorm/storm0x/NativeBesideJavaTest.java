package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backtype.storm.generated.ComponentObject;
import backtype.storm.generated.JavaObject;
import backtype.storm.generated.StormTopology;
import backtype.storm.generated.StreamInfo;
import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import gearstorm.host.spi.ComponentInspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Topologies whose other components are code of another language. */
final class NativeBesideJavaTest {
  /** The spout is native and the bolt Java's. */
  private static StormTopology topology() {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new UserCode.Words());
    builder.setBolt("ticked", new Ticked()).shuffleGrouping("words");
    final StormTopology topology = builder.createTopology();
    topology
        .get_spouts()
        .get("words")
        .set_spout_object(
            ComponentObject.java_object(new JavaObject("gearstorm:native", new ArrayList<>())));
    return topology;
  }

  private static List<String> problems(final StormTopology topology) {
    return new ComponentInspector(topology, NativeBesideJavaTest.class.getClassLoader(), List.of())
        .inspect().stream().map(ComponentInspection::problem).toList();
  }

  @Test
  void nativeComponentsAreNotLoaded() {
    final List<ComponentInspection> found =
        new ComponentInspector(topology(), NativeBesideJavaTest.class.getClassLoader(), List.of())
            .inspect();
    assertEquals(List.of("ticked"), found.stream().map(ComponentInspection::component).toList());
  }

  @Test
  void streamsThatTheClassDoesNotDeclareAreAProblem() {
    final StormTopology topology = topology();
    topology
        .get_bolts()
        .get("ticked")
        .get_common()
        .set_streams(Map.of("default", new StreamInfo(List.of("other"), false)));
    assertEquals(
        List.of(
            "component ticked: its class declares the streams {default=[length]}, the program"
                + " {default=[other]}"),
        problems(topology));
  }

  @Test
  void configurationThatTheClassWantsIsNotForgotten() {
    final StormTopology topology = topology();
    topology.get_bolts().get("ticked").get_common().set_json_conf("{\"my.key\":1}");
    assertEquals(
        List.of(
            "component ticked: its class wants topology.tick.tuple.freq.secs to be 5: give it that"
                + " configuration"),
        problems(topology));
  }

  @Test
  void whatAJavaProgramSubmitsIsNotHeldAgainstItsClasses() {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new UserCode.Words());
    final StormTopology topology = builder.createTopology();
    topology.get_spouts().get("words").get_common().set_streams(Map.of());
    final List<String> none = new ArrayList<>();
    none.add(null);
    assertEquals(none, problems(topology));
  }

  /** Wants ticks. */
  public static final class Ticked extends BaseBasicBolt {
    private static final long serialVersionUID = 1L;

    @Override
    public void execute(final Tuple tuple, final BasicOutputCollector collector) {}

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {
      declarer.declare(new Fields("length"));
    }

    @Override
    public Map<String, Object> getComponentConfiguration() {
      return Map.of("topology.tick.tuple.freq.secs", 5);
    }
  }
}
