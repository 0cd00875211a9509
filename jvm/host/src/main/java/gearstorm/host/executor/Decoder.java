package gearstorm.host.executor;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.spi.TupleFactory;
import gearstorm.host.spi.ValueCodec;
import gearstorm.host.transport.EncodedTuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decodes what came off a link, on the thread of the executor that takes it. */
final class Decoder {
  private final TopologyBridge bridge;
  private final TaskDirectory directory;
  private final Map<Source, TupleFactory> factories = new HashMap<>();

  /** Made when first needed: most workers have no peers. */
  private ValueCodec codec;

  private record Source(int task, int stream) {}

  Decoder(final TopologyBridge bridge, final TaskDirectory directory) {
    this.bridge = bridge;
    this.directory = directory;
  }

  HostTuple decode(final EncodedTuple encoded) {
    if (codec == null) {
      codec = bridge.newValueCodec();
    }
    final List<Object> values = codec.decode(encoded.payload(), 0, encoded.payload().length);
    final TupleFactory factory =
        factories.computeIfAbsent(
            new Source(encoded.sourceTask(), encoded.streamNumber()), this::factory);
    if (encoded.roots() != null || encoded.root() == 0) {
      return factory.newTuple(values, encoded.targetTask(), encoded.roots());
    }
    return factory.newTuple(
        values, encoded.targetTask(), encoded.rootTask(), encoded.root(), encoded.edge());
  }

  private TupleFactory factory(final Source source) {
    return bridge.tupleFactory(source.task, directory.stream(source.task, source.stream));
  }
}
