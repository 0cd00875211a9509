package acme.transactional;

import backtype.storm.coordination.BatchOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseTransactionalBolt;
import backtype.storm.transactional.ICommitter;
import backtype.storm.transactional.TransactionAttempt;
import backtype.storm.tuple.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Map;

/**
 * Keeps the number of the last batch, the sum of all and the sum without the last one in a file
 * that is replaced as a whole. What commits the last batch again takes the place of what did
 * before; a batch out of order is never taken.
 */
final class LedgerCommitter extends BaseTransactionalBolt implements ICommitter {
  private static final long serialVersionUID = 1L;

  private static final String[] NOTHING = {"0", "0", "0"};

  private final String file;
  private TransactionAttempt attempt;
  private long sum;

  LedgerCommitter(final String file) {
    this.file = file;
  }

  @Override
  public void prepare(
      final Map conf,
      final TopologyContext context,
      final BatchOutputCollector collector,
      final TransactionAttempt id) {
    attempt = id;
  }

  @Override
  public void execute(final Tuple tuple) {
    sum += tuple.getLong(1);
  }

  @Override
  public void finishBatch() {
    try {
      commit(Paths.get(file), attempt.getTransactionId().longValueExact());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Override
  public void declareOutputFields(final OutputFieldsDeclarer declarer) {}

  private void commit(final Path path, final long batch) throws IOException {
    final String[] before =
        Files.exists(path) ? Files.readAllLines(path).get(0).split("\t") : NOTHING;
    final long last = Long.parseLong(before[0]);
    if (last != batch && last + 1 != batch) {
      throw new IllegalStateException("batch " + batch + " after " + last);
    }
    final long earlier = Long.parseLong(before[last == batch ? 2 : 1]);
    final Path next = path.resolveSibling(path.getFileName() + ".new");
    final String line = batch + "\t" + (earlier + sum) + "\t" + earlier;
    Files.write(next, Collections.singletonList(line));
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
