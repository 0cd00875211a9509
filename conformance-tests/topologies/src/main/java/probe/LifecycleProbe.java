package probe;

import backtype.storm.Config;
import backtype.storm.generated.KillOptions;
import backtype.storm.generated.Nimbus;
import backtype.storm.generated.TopologyInitialStatus;
import backtype.storm.topology.TopologyBuilder;

// clause: initial-inactive, kill, not-alive
/** Which calls the tasks of an executor get, in which order, on which thread. */
final class LifecycleProbe implements Probe {
  private static final long LOOK_MS = 6000;
  private static final int KILL_WAIT_SECS = 4;

  @Override
  public String name() {
    return "lifecycle";
  }

  @Override
  public int workers() {
    return 1;
  }

  @Override
  public void run(Session session) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("spout", new LifecycleSpout(), 1).setNumTasks(3);
    builder.setBolt("bolt", new LifecycleBolt(), 1).setNumTasks(2).allGrouping("spout");
    Config conf = session.newConf();
    session.notes.note("client", "submits it inactive");
    session.submit(conf, builder.createTopology(), TopologyInitialStatus.INACTIVE);
    Thread.sleep(LOOK_MS);
    session.notes.note("client", "lines before it is activated", session.notes.lines().size());
    session.notes.note("client", "status", session.status());
    activate(session);
    session.await("spout\tnextTuple", 3);
    session.await("bolt\texecute", 2);
    deactivate(session);
    session.await("spout\tdeactivate", 3);
    session.notes.note("client", "status", session.status());
    activate(session);
    session.await("spout\tnextTuple", 6);
    KillOptions options = new KillOptions();
    options.set_wait_secs(KILL_WAIT_SECS);
    session.attempt("client", "kill", client -> killed(client, session, options));
    session.notes.note("client", "status", session.status());
    session.await("spout\tdeactivate", 6);
    session.await("its end", () -> session.status() == null);
    session.attempt("client", "activate after the end", client -> activated(client, session));
  }

  private static Object killed(Nimbus.Client client, Session session, KillOptions options)
      throws Exception {
    client.killTopologyWithOpts(session.topologyName, options);
    return "done";
  }

  private static Object activated(Nimbus.Client client, Session session) throws Exception {
    client.activate(session.topologyName);
    return "done";
  }

  private static void activate(Session session) throws Exception {
    session.attempt("client", "activate", client -> activated(client, session));
  }

  private static void deactivate(Session session) throws Exception {
    session.attempt(
        "client",
        "deactivate",
        client -> {
          client.deactivate(session.topologyName);
          return "done";
        });
  }
}
