package gearstorm.local0x;

import backtype.storm.generated.ComponentCommon;
import backtype.storm.generated.ComponentObject;
import backtype.storm.generated.SpoutSpec;
import backtype.storm.generated.StormTopology;
import backtype.storm.generated.StreamInfo;
import backtype.storm.task.TopologyContext;
import backtype.storm.testing.MkTupleParam;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.TupleImpl;
import backtype.storm.utils.Utils;
import clojure.lang.Atom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tuples that a test hands to a bolt without any topology. */
public final class TestTuples {
  private static final String COMPONENT = "component";
  private static final int TASK = 1;

  private TestTuples() {}

  /**
   * @param param null for all that is usual
   */
  public static Tuple of(final List<Object> values, final MkTupleParam param) {
    final String stream = param == null ? null : param.getStream();
    final String component = param == null ? null : param.getComponent();
    final List<String> fields = param == null ? null : param.getFields();
    return of(
        values,
        stream == null ? Utils.DEFAULT_STREAM_ID : stream,
        component == null ? COMPONENT : component,
        fields == null ? numberedFields(values.size()) : fields);
  }

  private static Tuple of(
      final List<Object> values,
      final String stream,
      final String component,
      final List<String> fields) {
    final ComponentCommon common =
        new ComponentCommon(new HashMap<>(), Map.of(stream, new StreamInfo(fields, false)));
    final SpoutSpec spout = new SpoutSpec(ComponentObject.serialized_java(new byte[0]), common);
    final TopologyContext context =
        new TopologyContext(
            new StormTopology(Map.of(component, spout), Map.of(), Map.of()),
            Utils.readStormConfig(),
            Map.of(TASK, component),
            Map.of(component, List.of(TASK)),
            Map.of(component, Map.of(stream, new Fields(fields))),
            "test-storm-id",
            null,
            null,
            TASK,
            null,
            List.of(TASK),
            Map.of(),
            Map.of(),
            new HashMap<>(),
            new HashMap<>(),
            new Atom(false));
    return new TupleImpl(context, values, TASK, stream);
  }

  private static List<String> numberedFields(final int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> "field" + number).toList();
  }
}
