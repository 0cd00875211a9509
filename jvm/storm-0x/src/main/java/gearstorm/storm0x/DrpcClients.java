package gearstorm.storm0x;

import backtype.storm.Config;
import backtype.storm.drpc.DRPCInvocationsClient;
import backtype.storm.drpc.DRPCSpout;
import backtype.storm.drpc.ReturnResults;
import gearstorm.host.spi.DrpcPort;
import gearstorm.host.spi.ExecutorScope;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives Storm's own DRPC components clients that use the worker's connection to control where they
 * can. The components stay as they are: they make their clients and keep them in collections, which
 * are replaced here by such as change what is put in. Components of user code, also those derived
 * from Storm's, are left alone.
 */
final class DrpcClients {
  /** Of a topology's configuration: false leaves its components with Storm's clients. */
  private static final String SWITCH = "gearstorm.drpc.direct";

  private static final String FIELD = "_clients";

  private final DrpcPort drpc;
  private final boolean wanted;

  /** By executor; any thread. */
  private final Map<ExecutorScope, DrpcTurns> turnsOf = new ConcurrentHashMap<>();

  DrpcClients(final DrpcPort drpc, final Map<?, ?> conf) {
    this.drpc = drpc;
    wanted = !"false".equals(String.valueOf(conf.get(SWITCH))) && DrpcClient.canBeMade();
  }

  /**
   * Before the spout is opened.
   *
   * @return the requests that it is given; null when it fetches them as Storm does
   */
  DrpcTurns attach(final Object spout, final Map<?, ?> conf, final ExecutorScope executor) {
    if (!wanted || spout.getClass() != DRPCSpout.class) {
      return null;
    }
    final boolean ahead = conf.get(Config.TOPOLOGY_MAX_SPOUT_PENDING) == null;
    final DrpcTurns turns = turnsOf.computeIfAbsent(executor, each -> new DrpcTurns(ahead));
    final ClientList clients = new ClientList(each -> wrapped(each, turns), turns);
    return replace(DRPCSpout.class, spout, clients) ? turns : null;
  }

  /** Before the bolt is prepared. */
  void attach(final Object bolt) {
    if (wanted && bolt.getClass() == ReturnResults.class) {
      replace(ReturnResults.class, bolt, new ClientMap(each -> wrapped(each, null)));
    }
  }

  private DRPCInvocationsClient wrapped(final DRPCInvocationsClient client, final DrpcTurns turns) {
    return client.getClass() == DRPCInvocationsClient.class
        ? DrpcClient.of(client, drpc, turns)
        : client;
  }

  /** Returns false, and changes nothing, when the field is not what it was in 0.9 and 0.10. */
  private static boolean replace(
      final Class<?> owner, final Object component, final Object collection) {
    try {
      final Field field = owner.getDeclaredField(FIELD);
      field.setAccessible(true);
      final Object old = field.get(component);
      final boolean empty =
          (old instanceof Collection<?> list && list.isEmpty())
              || (old instanceof Map<?, ?> map && map.isEmpty());
      if (empty) {
        field.set(component, collection);
      }
      return empty;
    } catch (ReflectiveOperationException | IllegalArgumentException unknown) {
      return false;
    }
  }

  private interface Wrapping {
    DRPCInvocationsClient of(DRPCInvocationsClient client);
  }

  private static final class ClientList extends ArrayList<DRPCInvocationsClient> {
    private static final long serialVersionUID = 1L;
    private final transient Wrapping wrapping;
    private final transient DrpcTurns turns;

    ClientList(final Wrapping wrapping, final DrpcTurns turns) {
      this.wrapping = wrapping;
      this.turns = turns;
    }

    @Override
    public boolean add(final DRPCInvocationsClient client) {
      if (!isEmpty()) {
        turns.onOtherServer();
      }
      return super.add(wrapping.of(client));
    }
  }

  private static final class ClientMap extends HashMap<List<?>, DRPCInvocationsClient> {
    private static final long serialVersionUID = 1L;
    private final transient Wrapping wrapping;

    ClientMap(final Wrapping wrapping) {
      this.wrapping = wrapping;
    }

    @Override
    public DRPCInvocationsClient put(final List<?> server, final DRPCInvocationsClient client) {
      return super.put(server, wrapping.of(client));
    }
  }
}
