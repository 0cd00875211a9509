package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storm.trident.topology.state.TransactionalState;

final class TridentStoreTest {
  @TempDir Path folder;

  private StormsZooKeeper zooKeeper;

  /** A client that knows nothing of the store's. */
  private TransactionalState other;

  private TridentStore store;

  @BeforeEach
  void connect() throws ReflectiveOperationException {
    zooKeeper = new StormsZooKeeper(folder);
    other = zooKeeper.connect();
    store = over(zooKeeper.connect(), true);
  }

  @AfterEach
  void close() throws ReflectiveOperationException {
    store.close();
    other.close();
    zooKeeper.close();
  }

  private static TridentStore over(final TransactionalState state, final boolean holdsValues) {
    return assertInstanceOf(TridentStore.class, TridentStore.over(state, holdsValues));
  }

  @Test
  void whenChangesAreHeld_thenNobodySeesThemUntilTheyAreStored() {
    store.setData("currtx", 7L);
    assertNull(other.getData("currtx"));
    store.store();
    assertEquals(7L, other.getData("currtx"));
  }

  @Test
  void whenChangesAreStored_thenTheyAreOneTransaction() throws ReflectiveOperationException {
    store.setData("currtx", 7L);
    store.store();
    final long before = zooKeeper.changes();
    store.setData("currtx", 8L);
    store.setData("currattempts", Map.of(8L, 0));
    store.delete("nothing more of it");
    store.setData("nothing more of it", "but this");
    store.store();
    assertEquals(before + 1, zooKeeper.changes());
    assertEquals(8L, other.getData("currtx"));
    assertEquals(Map.of("8", 0L), other.getData("currattempts"));
    assertEquals("but this", other.getData("nothing more of it"));
    store.store();
    assertEquals(before + 1, zooKeeper.changes());
  }

  @Test
  void whenChangesAreTooLargeForOneRequest_thenTheyAreSeveralTransactions()
      throws ReflectiveOperationException {
    final String value = "v".repeat(200_000);
    final List<String> paths = List.of("a", "b", "c", "d", "e", "f", "g");
    store.setData("first", "so that it is connected");
    store.store();
    final long before = zooKeeper.changes();
    paths.forEach(path -> store.setData(path, value));
    store.store();
    assertEquals(before + 4, zooKeeper.changes());
    paths.forEach(path -> assertEquals(value, other.getData(path)));
  }

  // clause: transactional-place
  @Test
  void whenAnEarlierLifeStoredANode_thenItGetsTheNewValue() {
    other.setData("currtx", 3L);
    store.setData("currtx", 4L);
    store.setData("currattempts", Map.of());
    store.store();
    assertEquals(4L, other.getData("currtx"));
    assertEquals(Map.of(), other.getData("currattempts"));
  }

  @Test
  void whenSomebodyRemovesNodes_thenTheyAreMadeAgainAndRemovedOnce() {
    store.mkdir("meta");
    store.setData("meta/1", "first");
    store.setData("currtx", 1L);
    store.store();
    other.delete("meta/1");
    other.delete("currtx");
    store.delete("meta/1");
    store.setData("currtx", 2L);
    store.store();
    assertEquals(2L, other.getData("currtx"));
    assertEquals(List.of(), other.list("meta"));
  }

  @Test
  void whenItIsRead_thenWhatIsHeldIsThere() {
    store.mkdir("meta");
    store.setData("meta/1", "first");
    assertEquals("first", store.getData("meta/1"));
    store.delete("meta/1");
    assertEquals(List.of(), store.list("meta"));
  }

  @Test
  void whenOnlyDeletionsAreHeld_thenTheyGoWithTheNextValue() throws ReflectiveOperationException {
    final TridentStore metadata = over(zooKeeper.connect(), false);
    metadata.mkdir("meta");
    metadata.setData("meta/1", "first");
    assertEquals("first", other.getData("meta/1"));
    metadata.delete("meta/1");
    assertEquals("first", other.getData("meta/1"));
    final long before = zooKeeper.changes();
    metadata.setData("meta/2", "second");
    assertEquals(before + 1, zooKeeper.changes());
    assertEquals(List.of("2"), other.list("meta"));
    metadata.close();
  }

  @Test
  void whenTheCoordinatorEmits_thenAllThatItChangedInThatCallIsStoredBefore() {
    final List<Object> storedAtEmit = new ArrayList<>();
    final RecordedEmits emits =
        new RecordedEmits() {
          @Override
          public List<Integer> emit(
              final String stream, final List<Object> values, final Object messageId) {
            storedAtEmit.add(other.getData("currtx"));
            return super.emit(stream, values, messageId);
          }
        };
    final HeldEmits held = new HeldEmits(new SpoutCollector(emits));
    held.follow(List.of(store));
    held.emit("$success", List.of("1:0"), null);
    store.setData("currtx", 2L);
    held.emit("$batch", List.of("2:0"), "2:0");
    held.release();
    assertEquals(List.of(2L, 2L), storedAtEmit);
  }
}
