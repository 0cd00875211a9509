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
 * Keeps the number of the last batch and the sum of all in a file that is replaced as a whole. What
 * commits the last batch again changes nothing; a batch out of order makes the sum wrong for ever.
 */
final class LedgerCommitter extends BaseTransactionalBolt implements ICommitter {
  private static final long serialVersionUID = 1L;

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
        Files.exists(path) ? Files.readAllLines(path).get(0).split("\t") : new String[] {"0", "0"};
    final long last = Long.parseLong(before[0]);
    if (last == batch) return;
    if (last + 1 != batch) throw new IllegalStateException("batch " + batch + " after " + last);
    final Path next = path.resolveSibling(path.getFileName() + ".new");
    final String line = batch + "\t" + (Long.parseLong(before[1]) + sum);
    Files.write(next, Collections.singletonList(line));
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
