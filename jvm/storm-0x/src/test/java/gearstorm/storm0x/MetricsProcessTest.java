package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.metric.LoggingMetricsConsumer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: Storm's own metrics consumers hear Storm's metrics from a worker process. */
final class MetricsProcessTest {
  private static final int GIVE_UP_ROUNDS = 300;

  @TempDir Path directory;
  private ChildHost host;

  @BeforeEach
  void prepare() {
    host = new ChildHost(directory);
  }

  @AfterEach
  void end() throws InterruptedException {
    host.kill();
  }

  private void startWith(final Class<?> consumer, final ControlServer control) throws Exception {
    host.configure(
        "\"topology.builtin.metrics.bucket.size.secs\":1,\"topology.tick.tuple.freq.secs\":1,"
            + "\"storm.local.hostname\":\"here\",\"topology.metrics.consumer.register\":"
            + "[{\"class\":\""
            + consumer.getName()
            + "\",\"argument\":{\"a\":1}}]");
    host.addMetricsConsumer(consumer.getName());
    host.start("worker", host.assignment(-1, 30, true));
    control.await("hello");
    control.send("{\"type\":\"welcome\",\"epoch\":5}");
  }

  private void awaitLog(final String regex) throws Exception {
    final Pattern pattern = Pattern.compile(regex);
    for (int round = 0; round < GIVE_UP_ROUNDS; round++) {
      if (pattern.matcher(host.log()).find()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no " + regex + " in " + host.log() + host.output());
  }

  // clause: metrics-consumers
  @Test
  void theLoggingConsumerWritesEveryKindOfMetric() throws Exception {
    try (ControlServer control = new ControlServer(directory.resolve("control.sock"))) {
      startWith(LoggingMetricsConsumer.class, control);
      control.await("running");
      for (final String line :
          List.of(
              "here:6700\\s+3:numbers\\s+__emit-count\\s+\\{.*default=[1-9]",
              "3:numbers\\s+__ack-count\\s+\\{default=[1-9]",
              "3:numbers\\s+__complete-latency\\s+\\{default=\\d+\\.",
              "2:doubler\\s+__execute-count\\s+\\{.*numbers:default=[1-9]",
              "2:doubler\\s+__execute-latency\\s+\\{.*numbers:default=\\d+\\.",
              "2:doubler\\s+__process-latency\\s+\\{.*numbers:default=\\d+\\.",
              "2:doubler\\s+__receive\\s+\\{.*capacity=[1-9]",
              "-1:__system\\s+uptimeSecs\\s+\\d",
              "-1:__system\\s+newWorkerEvent\\s+1\\s",
              "-1:__system\\s+memory/heap\\s+\\{.*usedBytes=[1-9]")) {
        awaitLog(line);
      }
    }
  }

  @Test
  void aConsumerThatThrowsEndsTheWorkerAndIsNamed() throws Exception {
    try (ControlServer control = new ControlServer(directory.resolve("control.sock"))) {
      startWith(ThrowingConsumer.class, control);
      final String reason = control.await("exiting").get("reason").getAsString();
      final String component = "__metrics" + ThrowingConsumer.class.getName();
      assertTrue(reason.contains("component " + component + ", task 4"), reason);
      assertTrue(reason.contains("cannot consume"), reason);
      assertEquals(1, host.exitCode(), host.output());
      assertTrue(host.log().contains("consumer of {\"a\" 1} is " + component), host.log());
    }
  }
}
