package gearstorm.storm0x;

import java.lang.reflect.Constructor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import storm.trident.topology.state.TransactionalState;

/**
 * What one of Trident's coordinators or sources keeps in ZooKeeper. Storm's own state asks whether
 * a node is there before it writes it, and makes each change by itself. Here changes are held until
 * {@link #store} and made in one transaction: one request, and one write to the disk. Storm's
 * constructors connect, so it is made without them and uses the connection of a state of Storm's
 * own.
 */
final class TridentStore extends TransactionalState {
  private static final Constructor<TridentStore> CONSTRUCTOR =
      Unconstructed.constructorOf(TridentStore.class);

  /** In the place of a value: the node is to go. */
  private static final Object GONE = new Object();

  private TransactionalState storms;
  private ZooKeeperTransactions transactions;
  private boolean holdsValues;

  /** Values by path, in the order in which they were first named. */
  private Map<String, Object> held;

  /** Paths that are known to be there, as long as nobody else removes them. */
  private Set<String> known;

  private TridentStore() {
    super(Map.of(), "", "");
  }

  /**
   * @param storms a state that is connected
   * @param holdsValues whether {@link #setData} waits for {@link #store} too, not only deletions
   * @return the state as it is where it cannot be done better
   */
  static TransactionalState over(final TransactionalState storms, final boolean holdsValues) {
    final ZooKeeperTransactions transactions = ZooKeeperTransactions.of(storms);
    if (transactions == null || CONSTRUCTOR == null) {
      return storms;
    }
    try {
      final TridentStore store = CONSTRUCTOR.newInstance();
      store.storms = storms;
      store.transactions = transactions;
      store.holdsValues = holdsValues;
      store.held = new LinkedHashMap<>();
      store.known = new HashSet<>();
      return store;
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException("a state of Trident cannot be made", error);
    }
  }

  @Override
  public void setData(final String path, final Object value) {
    held.put(path, value);
    if (!holdsValues) {
      store();
    }
  }

  @Override
  public void delete(final String path) {
    held.put(path, GONE);
  }

  /**
   * Makes the changes that are held. Where they do not go together, for a node that somebody else
   * has made or removed or for a connection that is gone, they go one by one as Storm makes them,
   * with its patience.
   */
  void store() {
    if (held.isEmpty()) {
      return;
    }
    if (!storeTogether()) {
      held.forEach(this::storeAlone);
    }
    held.forEach(
        (path, value) -> {
          if (value == GONE) {
            known.remove(path);
          } else {
            known.add(path);
          }
        });
    held.clear();
  }

  /** In order; as several transactions when they are very many. */
  private boolean storeTogether() {
    ZooKeeperTransactions.Transaction transaction = transactions.begin();
    for (final Map.Entry<String, Object> change : held.entrySet()) {
      if (transaction.isLarge()) {
        if (!transaction.commit()) {
          return false;
        }
        transaction = transactions.begin();
      }
      add(change.getKey(), change.getValue(), transaction);
    }
    return transaction.commit();
  }

  private void add(
      final String path, final Object value, final ZooKeeperTransactions.Transaction transaction) {
    if (value == GONE) {
      transaction.delete(path);
    } else if (known.contains(path)) {
      transaction.set(path, value);
    } else {
      transaction.create(path, value);
    }
  }

  private void storeAlone(final String path, final Object value) {
    if (value != GONE) {
      storms.setData(path, value);
      return;
    }
    try {
      storms.delete(path);
    } catch (RuntimeException problem) {
      if (!ZooKeeperTransactions.isAbsence(problem.getCause())) {
        throw problem;
      }
    }
  }

  @Override
  public List<String> list(final String path) {
    store();
    return storms.list(path);
  }

  @Override
  public void mkdir(final String path) {
    storms.mkdir(path);
  }

  @Override
  public Object getData(final String path) {
    store();
    return storms.getData(path);
  }

  @Override
  public void close() {
    storms.close();
  }
}
