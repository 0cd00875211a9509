package gearstorm.host.executor;

import gearstorm.host.plan.Processor;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.spi.ValueCodec;
import gearstorm.host.values.PackCodec;
import java.util.Collections;

/** How values are written between two workers; both know it from the plan. */
enum Encoding {
  /** Between two components in Java: Storm's own. */
  KRYO {
    @Override
    ValueCodec newCodec(final TopologyBridge bridge) {
      return bridge.newValueCodec();
    }
  },

  /** To and from components of a native host. */
  MESSAGE_PACK {
    @Override
    ValueCodec newCodec(final TopologyBridge bridge) {
      return new PackCodec(bridge::newValueCodec, value -> hash(bridge, value));
    }
  };

  private static final int[] FIRST_FIELD = {0};

  /** Of a list of one value every generation's hash is 31 more than the value's own. */
  private static final int LIST_HASH = 31;

  abstract ValueCodec newCodec(TopologyBridge bridge);

  /** For values that go to a component or come from it; the other end is in Java. */
  static Encoding with(final Processor component) {
    return component.isNative() ? MESSAGE_PACK : KRYO;
  }

  private static int hash(final TopologyBridge bridge, final Object value) {
    return bridge.fieldsHash(Collections.singletonList(value), FIRST_FIELD) - LIST_HASH;
  }
}
