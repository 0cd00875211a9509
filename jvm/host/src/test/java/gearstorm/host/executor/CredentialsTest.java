package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.SpoutEmitter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CredentialsTest {
  private final List<String> calls = new SharedList<>();

  private void record(final String who, final Object what) {
    calls.add(
        who
            + " "
            + what
            + " on "
            + Thread.currentThread().getName().replaceAll("Thread-\\d+-", ""));
  }

  private TestTopology topology() {
    return new TestTopology()
        .spout(
            "spout",
            new TestSpout(0) {
              @Override
              public void setCredentials(final Map<String, String> credentials) {
                record("spout", credentials);
              }

              @Override
              public void open(final SpoutEmitter emitter) throws Exception {
                record("spout", "open");
                super.open(emitter);
              }
            })
        .bolt(
            "bolt",
            2,
            1,
            null,
            task ->
                new TestBolt() {
                  @Override
                  public void setCredentials(final Map<String, String> credentials) {
                    if (credentials != null && credentials.containsKey("bad")) {
                      throw new IllegalStateException("bad credentials");
                    }
                    record("bolt" + task, credentials);
                  }

                  @Override
                  public void prepare(final BoltEmitter emitter) throws Exception {
                    record("bolt" + task, "prepare");
                    super.prepare(emitter);
                  }
                })
        .route("spout", "bolt", Kind.SHUFFLE);
  }

  private List<String> of(final String component) {
    return calls.stream().filter(call -> call.startsWith(component)).toList();
  }

  @Test
  void everyTaskHearsOfThemBeforeItIsOpenedAndWhenTheyChangeOnItsOwnThread() throws Exception {
    try (TestTopology topology = topology().start()) {
      topology.group().renewCredentials(Map.of("a", "1"));
      topology.group().activate();
      topology.await("opened", () -> calls.size() == 6);
      topology.group().renewCredentials(Map.of("a", "2"));
      topology.await("told", () -> calls.size() == 9);
      assertEquals(
          List.of(
              "spout {a=1} on spout-executor[1 1]",
              "spout open on spout-executor[1 1]",
              "spout {a=2} on spout-executor[1 1]"),
          of("spout"));
      assertEquals(
          List.of(
              "bolt2 {a=1} on bolt-executor[2 3]",
              "bolt2 prepare on bolt-executor[2 3]",
              "bolt3 {a=1} on bolt-executor[2 3]",
              "bolt3 prepare on bolt-executor[2 3]",
              "bolt2 {a=2} on bolt-executor[2 3]",
              "bolt3 {a=2} on bolt-executor[2 3]"),
          of("bolt"));
    }
  }

  @Test
  void aTopologyThatHasNoneIsToldSo() throws Exception {
    try (TestTopology topology = topology().run()) {
      topology.await("opened", () -> calls.size() == 6);
      assertEquals("spout null on spout-executor[1 1]", of("spout").get(0));
    }
  }

  @Test
  void whoThrowsAtThemEndsTheWorkerAndIsNamed() throws Exception {
    try (TestTopology topology = topology().run()) {
      topology.await("opened", () -> calls.size() == 6);
      topology.group().renewCredentials(Map.of("bad", "1"));
      topology.await("failed", () -> !topology.fatals.isEmpty());
      assertEquals("bolt", topology.fatals.get(0).component());
      assertEquals(2, topology.fatals.get(0).task());
    }
  }
}
