package gearstorm.storm0x;

import backtype.storm.task.IBolt;
import backtype.storm.task.OutputCollector;
import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.BoltTask;
import gearstorm.host.spi.HostTuple;

/** A user's bolt as the host runs it. */
record StormBoltTask(IBolt bolt, TaskContexts.TaskContext task) implements BoltTask {
  @Override
  public void prepare(final BoltEmitter emitter) {
    bolt.prepare(task.conf(), task.context(), new OutputCollector(new BoltCollector(emitter)));
    task.opened();
  }

  @Override
  public void execute(final HostTuple tuple) {
    bolt.execute((LeanTuple) tuple);
  }

  @Override
  public void cleanup() {
    bolt.cleanup();
  }
}
