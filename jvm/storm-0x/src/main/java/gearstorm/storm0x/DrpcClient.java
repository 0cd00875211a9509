package gearstorm.storm0x;

import backtype.storm.drpc.DRPCInvocationsClient;
import backtype.storm.generated.DRPCRequest;
import gearstorm.host.spi.DrpcPort;
import gearstorm.host.spi.DrpcRequest;
import java.lang.reflect.Constructor;
import org.apache.thrift7.TException;

/**
 * Storm's client of one DRPC server, which has requests fetched and answered over the worker's
 * connection to control while that leads to the same server, and over Thrift as ever when not.
 * Storm's constructors connect, and differ from 0.9 to 0.10, so it is made without them: nothing of
 * the inherited state is used.
 */
final class DrpcClient extends DRPCInvocationsClient {
  private static final Constructor<DrpcClient> CONSTRUCTOR =
      Unconstructed.constructorOf(DrpcClient.class);

  private DRPCInvocationsClient storms;
  private DrpcPort drpc;

  /** Null for a client that does not fetch. */
  private DrpcTurns turns;

  private DrpcClient() {
    super("", 0);
  }

  static boolean canBeMade() {
    return CONSTRUCTOR != null;
  }

  /**
   * @throws IllegalStateException when it cannot be made
   */
  static DrpcClient of(
      final DRPCInvocationsClient storms, final DrpcPort drpc, final DrpcTurns turns) {
    try {
      final DrpcClient client = CONSTRUCTOR.newInstance();
      client.storms = storms;
      client.drpc = drpc;
      client.turns = turns;
      return client;
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException("a DRPC client cannot be made", error);
    }
  }

  @Override
  public String getHost() {
    return storms.getHost();
  }

  @Override
  public int getPort() {
    return storms.getPort();
  }

  @Override
  public DRPCRequest fetchRequest(final String function) throws TException {
    if (!isDirect() || turns == null || drpc.refuses(function)) {
      return storms.fetchRequest(function);
    }
    try {
      final DrpcRequest request = drpc.take(function, turns.waitNs(), turns.ahead());
      if (request == null) {
        return new DRPCRequest("", "");
      }
      turns.onTaken();
      return new DRPCRequest(request.args(), request.id());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new DRPCRequest("", "");
    }
  }

  @Override
  public void result(final String id, final String result) throws TException {
    if (!isDirect() || !drpc.result(id, result)) {
      storms.result(id, result);
    }
  }

  @Override
  public void failRequest(final String id) throws TException {
    if (!isDirect() || !drpc.fail(id)) {
      storms.failRequest(id);
    }
  }

  private boolean isDirect() {
    return drpc.leadsTo(getHost(), getPort());
  }

  @Override
  public void close() {
    storms.close();
  }

  /** Of 0.10, whose spout passes over clients that are not connected. */
  public boolean isConnected() {
    return true;
  }

  /** Of 0.10; called when a call failed, which only those over Thrift do. */
  public void reconnectClient() throws TException {
    Reconnection.of(storms);
  }

  /** Names what 0.9 does not have. */
  private static final class Reconnection {
    static void of(final DRPCInvocationsClient client) throws TException {
      try {
        DRPCInvocationsClient.class.getMethod("reconnectClient").invoke(client);
      } catch (java.lang.reflect.InvocationTargetException failure) {
        if (failure.getCause() instanceof TException cause) {
          throw cause;
        }
        throw new IllegalStateException(failure.getCause());
      } catch (ReflectiveOperationException absent) {
        throw new IllegalStateException("this Storm's client does not reconnect", absent);
      }
    }
  }
}
