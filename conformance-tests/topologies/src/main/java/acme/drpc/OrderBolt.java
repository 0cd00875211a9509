package acme.drpc;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Does with a request what its argument orders; without an order the argument comes back with a
 * mark.
 */
public final class OrderBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
  }

  @Override
  public void execute(Tuple request) {
    String argument = request.getString(0);
    if (argument.startsWith("fail")) {
      collector.fail(request);
    } else if (!argument.startsWith("keep")) {
      if (argument.startsWith("note ")) note(argument.split(" ", 3));
      collector.emit(request, new Values(answer(argument), request.getValue(1)));
      collector.ack(request);
    }
  }

  /** Writes a line into a file, so that it can be seen how often the request was executed. */
  private static void note(String[] words) {
    byte[] line = (words[2] + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(Paths.get(words[1]), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static String answer(String argument) {
    if (!argument.startsWith("repeat ")) {
      return argument + "!";
    }
    int count = Integer.parseInt(argument.substring("repeat ".length()));
    return new String(new char[count]).replace('\0', 'x');
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("result", "return-info"));
  }
}
