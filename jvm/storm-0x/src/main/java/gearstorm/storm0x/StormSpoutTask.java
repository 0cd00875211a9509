package gearstorm.storm0x;

import backtype.storm.spout.ISpout;
import backtype.storm.spout.SpoutOutputCollector;
import gearstorm.host.spi.SpoutEmitter;
import gearstorm.host.spi.SpoutTask;

/** A user's spout as the host runs it. */
record StormSpoutTask(ISpout spout, TaskContexts.TaskContext task) implements SpoutTask {
  @Override
  public void open(final SpoutEmitter emitter) {
    spout.open(task.conf(), task.context(), new SpoutOutputCollector(new SpoutCollector(emitter)));
    task.opened();
  }

  @Override
  public void activate() {
    spout.activate();
  }

  @Override
  public void deactivate() {
    spout.deactivate();
  }

  @Override
  public void nextTuple() {
    spout.nextTuple();
  }

  @Override
  public void ack(final Object messageId) {
    spout.ack(messageId);
  }

  @Override
  public void fail(final Object messageId) {
    spout.fail(messageId);
  }

  @Override
  public void close() {
    spout.close();
  }
}
