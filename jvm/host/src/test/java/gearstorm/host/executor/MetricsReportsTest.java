package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gearstorm.host.executor.MetricsReports.MeteredOutput;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.MeteredTask;
import gearstorm.host.spi.PartitionLag;
import gearstorm.host.spi.StreamInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Goal: metrics are read on time, and nobody waits for who consumes them. */
final class MetricsReportsTest {
  private final List<Integer> read = new ArrayList<>();
  private final List<Integer> entered = new ArrayList<>();
  private final List<List<PartitionLag>> told = new ArrayList<>();

  private final class Task implements MeteredTask {
    @Override
    public List<Integer> metricIntervalsSecs() {
      return List.of(10, 60);
    }

    @Override
    public List<Object> readMetrics(final int intervalSecs) {
      read.add(intervalSecs);
      return null;
    }
  }

  private static long secs(final int seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void eachIntervalIsReadWhenItIsOverEvenIfNobodyListens() throws Exception {
    final MetricsReports reports =
        new MetricsReports(
            List.of(new MeteredOutput(7, new Task(), null, told::add)), null, entered::add, 0);
    reports.reportIfDue(secs(10) - 1);
    assertEquals(List.of(), read);
    assertEquals(1, reports.untilNextNs(secs(10) - 1));
    reports.reportIfDue(secs(10));
    assertEquals(List.of(10), read);
    assertEquals(secs(10), reports.untilNextNs(secs(10)));
    reports.reportIfDue(secs(60));
    assertEquals(List.of(10, 10, 60), read, "missed buckets are not made up for");
    assertEquals(List.of(7, 7, 7), entered);
  }

  @Test
  void whatAReportSaysOfPartitionsIsToldEvenIfNobodyListensToMetrics() throws Exception {
    final PartitionLag lag = new PartitionLag("orders", 2, 3, 10, 7);
    final MeteredTask reader =
        new MeteredTask() {
          @Override
          public List<Integer> metricIntervalsSecs() {
            return List.of(10, 60);
          }

          @Override
          public List<Object> readMetrics(final int intervalSecs) {
            return List.of(intervalSecs);
          }

          @Override
          public List<PartitionLag> lagsIn(final List<Object> report) {
            return report.equals(List.of(60)) ? List.of(lag) : null;
          }
        };
    final MetricsReports reports =
        new MetricsReports(
            List.of(new MeteredOutput(7, reader, null, told::add)), null, entered::add, 0);
    reports.reportIfDue(secs(10));
    assertEquals(List.of(), told);
    reports.reportIfDue(secs(60));
    assertEquals(List.of(List.of(lag)), told);
  }

  @Test
  void withoutMetricsNothingIsEverDue() throws Exception {
    final MetricsReports reports = new MetricsReports(List.of(), null, entered::add, 0);
    reports.reportIfDue(secs(1000));
    assertEquals(Long.MAX_VALUE, reports.untilNextNs(secs(1000)));
  }

  @Test
  void aReportThatFindsNoRoomIsDroppedAndSaidSo() {
    final List<String> log = new ArrayList<>();
    final Outlet full =
        new Outlet() {
          @Override
          public boolean offer(final HostTuple tuple, final int kibibytes, final byte[] payload) {
            return false;
          }

          @Override
          public void signal() {}
        };
    final long[] nowNs = {5};
    final Losses losses = new Losses("__metricsC", log::add, () -> nowNs[0]);
    final Lane lane = new Lane(full, null, null, losses);
    assertEquals(true, lane.offer(null, 0, null), "gone, so it does not stop its emitter");
    lane.offer(null, 0, null);
    nowNs[0] += secs(60);
    lane.offer(null, 0, null);
    assertEquals(false, lane.hasOverflow());
    assertEquals(
        List.of(
            "__metricsC does not keep up: 1 reports dropped",
            "__metricsC does not keep up: 3 reports dropped"),
        log);
  }

  /** Of a worker that is starting: it says later how much it takes. */
  private static final class LateOutlet implements Outlet {
    private boolean open;
    private int taken;

    @Override
    public boolean offer(final HostTuple tuple, final int kibibytes, final byte[] payload) {
      taken += open ? 1 : 0;
      return open;
    }

    @Override
    public boolean isOpening() {
      return !open;
    }

    @Override
    public void signal() {}
  }

  @Test
  void reportsWaitForAConsumerWhoseWorkerIsStartingAndStopNobody() {
    final List<String> log = new ArrayList<>();
    final LateOutlet outlet = new LateOutlet();
    final Lane lane = new Lane(outlet, null, null, new Losses("__metricsC", log::add, () -> 0));
    final Backlog backlog = new Backlog();
    final StreamInfo stream = new StreamInfo("bolt", "__metrics", 0, List.of("value"));
    final HostTuple tuple = new FakeTuple.Factory(3, stream).newTuple(List.of("value"), 4, null);
    final byte[] payload = new byte[8];
    for (int report = 0; report < 200; report++) {
      if (!lane.offer(tuple, 0, payload)) {
        backlog.hold(lane, new Lane.Waiting(tuple, payload));
      }
    }
    assertEquals(false, backlog.stopsInput());
    outlet.open = true;
    assertEquals(true, backlog.flush());
    assertEquals(128, outlet.taken, "no more than so many wait");
    assertEquals(List.of("__metricsC does not keep up: 1 reports dropped"), log);
  }
}
