package gearstorm.host.executor;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.spi.TupleFactory;
import gearstorm.host.spi.ValueCodec;
import gearstorm.host.transport.EncodedTuple;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decodes what came off a link, on the thread of the executor that takes it. */
final class Decoder {
  private final TopologyBridge bridge;
  private final TaskDirectory directory;
  private final Map<SourceId, Source> sources = new HashMap<>();

  /** Made when first needed: most workers have no peers. */
  private final Map<Encoding, ValueCodec> codecs = new EnumMap<>(Encoding.class);

  /** One stream of a task of another worker, and how its values are written. */
  private record Source(TupleFactory factory, ValueCodec codec) {}

  private record SourceId(int task, int stream) {}

  Decoder(final TopologyBridge bridge, final TaskDirectory directory) {
    this.bridge = bridge;
    this.directory = directory;
  }

  HostTuple decode(final EncodedTuple encoded) {
    final Source source =
        sources.computeIfAbsent(
            new SourceId(encoded.sourceTask(), encoded.streamNumber()), this::newSource);
    final byte[] payload = encoded.payload();
    final List<Object> values = source.codec.decode(payload, 0, payload.length);
    final TupleFactory factory = source.factory;
    if (encoded.roots() != null || encoded.root() == 0) {
      return factory.newTuple(values, encoded.targetTask(), encoded.roots());
    }
    return factory.newTuple(
        values, encoded.targetTask(), encoded.rootTask(), encoded.root(), encoded.edge());
  }

  private Source newSource(final SourceId id) {
    final Encoding encoding = Encoding.with(directory.processor(id.task));
    return new Source(
        bridge.tupleFactory(id.task, directory.stream(id.task, id.stream)),
        codecs.computeIfAbsent(encoding, each -> each.newCodec(bridge)));
  }
}
