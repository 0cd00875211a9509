package gearstorm.storm0x;

import backtype.storm.Config;
import backtype.storm.hooks.ITaskHook;
import backtype.storm.hooks.info.BoltAckInfo;
import backtype.storm.hooks.info.BoltExecuteInfo;
import backtype.storm.hooks.info.BoltFailInfo;
import backtype.storm.hooks.info.EmitInfo;
import backtype.storm.hooks.info.SpoutAckInfo;
import backtype.storm.hooks.info.SpoutFailInfo;
import backtype.storm.task.TopologyContext;
import gearstorm.host.spi.HostTuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Calls the hooks of one task, in the order of their registration; nothing when it has none.
 *
 * @param hooks the context's own list, which grows as hooks are registered
 */
record TaskHooks(TopologyContext context, int task, Collection<ITaskHook> hooks) {
  static TaskHooks of(final TopologyContext context, final int task) {
    return new TaskHooks(context, task, context.getHooks());
  }

  /**
   * Registers a hook of its own for each class that the configuration names.
   *
   * @throws Exception when a class is missing or cannot be made
   */
  void addConfigured(final Map<?, ?> conf, final ClassLoader loader) throws Exception {
    if (conf.get(Config.TOPOLOGY_AUTO_TASK_HOOKS) instanceof Collection<?> classNames) {
      for (final Object name : classNames) {
        final Class<?> type = Class.forName((String) name, true, loader);
        context.addTaskHook((ITaskHook) type.getDeclaredConstructor().newInstance());
      }
    }
  }

  boolean exist() {
    return !hooks.isEmpty();
  }

  void onEmit(final String stream, final List<Object> values, final List<Integer> targets) {
    final EmitInfo info = new EmitInfo(values, stream, task, targets);
    hooks.forEach(hook -> hook.emit(info));
  }

  void onExecuted(final HostTuple tuple, final long latencyNs) {
    if (exist()) {
      final BoltExecuteInfo info = new BoltExecuteInfo((LeanTuple) tuple, task, millis(latencyNs));
      hooks.forEach(hook -> hook.boltExecute(info));
    }
  }

  void onBoltAck(final HostTuple tuple, final long latencyNs) {
    if (exist()) {
      final BoltAckInfo info = new BoltAckInfo((LeanTuple) tuple, task, millis(latencyNs));
      hooks.forEach(hook -> hook.boltAck(info));
    }
  }

  void onBoltFail(final HostTuple tuple, final long latencyNs) {
    if (exist()) {
      final BoltFailInfo info = new BoltFailInfo((LeanTuple) tuple, task, millis(latencyNs));
      hooks.forEach(hook -> hook.boltFail(info));
    }
  }

  void onSpoutAck(final Object messageId, final long latencyNs) {
    if (exist()) {
      final SpoutAckInfo info = new SpoutAckInfo(messageId, task, millis(latencyNs));
      hooks.forEach(hook -> hook.spoutAck(info));
    }
  }

  void onSpoutFail(final Object messageId, final long latencyNs) {
    if (exist()) {
      final SpoutFailInfo info = new SpoutFailInfo(messageId, task, millis(latencyNs));
      hooks.forEach(hook -> hook.spoutFail(info));
    }
  }

  void end() {
    hooks.forEach(ITaskHook::cleanup);
  }

  /** Null, as Storm has it, when there was no measurement. */
  private static Long millis(final long latencyNs) {
    return latencyNs < 0 ? null : TimeUnit.NANOSECONDS.toMillis(latencyNs);
  }
}
