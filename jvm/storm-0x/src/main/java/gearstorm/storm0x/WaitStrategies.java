package gearstorm.storm0x;

import backtype.storm.Config;
import backtype.storm.spout.ISpoutWaitStrategy;
import backtype.storm.spout.SleepSpoutWaitStrategy;
import gearstorm.host.spi.SpoutWait;
import java.util.Map;

/** The spout wait strategy that a configuration names. */
final class WaitStrategies {
  private WaitStrategies() {}

  /**
   * A prepared instance; null for Storm's usual one, whose sleep the host does itself, so that acks
   * end it.
   *
   * @throws Exception when the class is missing or cannot be made
   */
  static SpoutWait create(final Map<?, ?> conf, final ClassLoader loader) throws Exception {
    final Object name = conf.get(Config.TOPOLOGY_SPOUT_WAIT_STRATEGY);
    if (name == null || name.equals(SleepSpoutWaitStrategy.class.getName())) {
      return null;
    }
    final Class<?> type = Class.forName((String) name, true, loader);
    final ISpoutWaitStrategy strategy =
        (ISpoutWaitStrategy) type.getDeclaredConstructor().newInstance();
    strategy.prepare(conf);
    return strategy::emptyEmit;
  }
}
