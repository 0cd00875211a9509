package probe;

import backtype.storm.Config;
import backtype.storm.generated.ErrorInfo;
import backtype.storm.generated.TopologyInfo;
import backtype.storm.topology.TopologyBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

// clause: uncaught-exception, unserializable
/**
 * What becomes of a worker when code of the user fails, and what Nimbus tells of it. Several
 * topologies, each with a list of places that fail one after the other.
 */
final class FailureProbe implements Probe {
  private static final int WORKERS = 8;
  private static final long LOOK_MS = 6000;

  @Override
  public String name() {
    return "failures";
  }

  @Override
  public int workers() {
    return WORKERS;
  }

  @Override
  public void run(Session session) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS - 1);
    List<Future<?>> runs = new ArrayList<>();
    runs.add(threads.submit(() -> between(session.named("between"))));
    for (String place : Arrays.asList("interrupted io", "interrupted", "own thread")) {
      runs.add(threads.submit(() -> staysAlive(session, place)));
    }
    runs.add(threads.submit(() -> spout(session.named("spout"))));
    runs.add(threads.submit(() -> group(session, "bolt", "prepare", "execute", "metric")));
    runs.add(threads.submit(() -> group(session, "worse", "exit", "no memory", "no stack")));
    runs.add(
        threads.submit(
            () -> group(session, "hook", "hook emit", "hook boltExecute", "hook boltAck")));
    runs.add(
        threads.submit(
            () -> group(session, "load", "grouping prepare", "hook prepare", "hook spoutAck")));
    runs.add(
        threads.submit(
            () ->
                group(
                    session,
                    "observers",
                    "grouping chooseTasks",
                    "consumer prepare",
                    "consumer handleDataPoints")));
    runs.add(threads.submit(() -> group(session, "rare", "checked")));
    threads.shutdown();
    for (Future<?> run : runs) {
      run.get();
    }
  }

  private Void group(Session all, String group, String... places) throws Exception {
    return untilRecovered(all.named(group), group, places, 1);
  }

  private Void between(Session session) throws Exception {
    return untilRecovered(session, "between", new String[] {"unserializable"}, 2);
  }

  static Void untilRecovered(Session session, String group, String[] places, int workers)
      throws Exception {
    try {
      submit(session, group, workers, places);
      session.await("recovered\t" + group, 1);
      noteErrors(session, group);
    } finally {
      session.kill();
    }
    return null;
  }

  private Void spout(Session session) throws Exception {
    try {
      String[] places = {"open", "activate", "nextTuple", "ack", "fail", "deactivate"};
      submit(session, "spout", 1, places);
      session.await("active\tspout", 1);
      session.nimbus(
          client -> {
            client.deactivate(session.topologyName);
            return null;
          });
      session.await("fails\tspout\tdeactivate", 1);
      session.nimbus(
          client -> {
            client.activate(session.topologyName);
            return null;
          });
      session.await("recovered\tspout", 1);
      noteErrors(session, "spout");
    } finally {
      session.kill();
    }
    return null;
  }

  /** What ends a thread, but not its process. */
  static Void staysAlive(Session all, String place) throws Exception {
    Session session = all.named(place.replace(' ', '-'));
    try {
      submit(session, place, 1, place);
      session.await("fails\t" + place + "\t", 1);
      Thread.sleep(LOOK_MS);
      noteErrors(session, place);
    } finally {
      session.kill();
    }
    return null;
  }

  static void submit(Session session, String group, int workers, String... places)
      throws Exception {
    Config conf = session.newConf();
    conf.setNumWorkers(workers);
    conf.put(Failures.GROUP, group);
    conf.put(Failures.PLACES, Arrays.asList(places));
    conf.put(Config.TOPOLOGY_BUILTIN_METRICS_BUCKET_SIZE_SECS, 1);
    if (Arrays.toString(places).contains("hook")) {
      conf.put(
          Config.TOPOLOGY_AUTO_TASK_HOOKS, Collections.singletonList(FailingHook.class.getName()));
    }
    if (Arrays.toString(places).contains("consumer")) {
      conf.registerMetricsConsumer(FailingConsumer.class);
    }
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("spout", new FailingSpout());
    builder
        .setBolt("bolt", new FailingBolt(), workers)
        .customGrouping("spout", new FailingGrouping(conf));
    builder.setBolt("end", new SilentBolt(), 2).allGrouping("bolt").allGrouping("spout");
    session.submit(conf, builder.createTopology());
  }

  private static void noteErrors(Session session, String group) throws Exception {
    String id = session.stormId();
    TopologyInfo info = session.nimbus(client -> client.getTopologyInfo(id));
    info.get_errors()
        .forEach(
            (component, errors) ->
                errors.forEach(error -> noteError(session.notes, group, component, error)));
  }

  private static void noteError(Notes notes, String group, String component, ErrorInfo error) {
    String firstLine = error.get_error().split("\n", 2)[0];
    String where = (error.get_host().isEmpty() ? "no host" : "a host") + " and ";
    boolean port = error.get_port() > 1024;
    notes.note("error", group, component, where + (port ? "a port" : "no port"), firstLine);
  }
}
