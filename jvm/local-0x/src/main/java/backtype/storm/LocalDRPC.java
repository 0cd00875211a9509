package backtype.storm;

import backtype.storm.generated.DRPCRequest;
import backtype.storm.utils.ServiceRegistry;
import backtype.storm.utils.Utils;
import gearstorm.local0x.LocalRequests;
import gearstorm.local0x.Sneaky;

/** Storm's LocalDRPC: calls functions of topologies that run in this process. */
public class LocalDRPC implements ILocalDRPC {
  private final LocalRequests requests;
  private final String serviceId;

  public LocalDRPC() {
    final Object timeoutSecs = Utils.readStormConfig().get(Config.DRPC_REQUEST_TIMEOUT_SECS);
    requests = new LocalRequests(((Number) timeoutSecs).longValue());
    serviceId = ServiceRegistry.registerService(this);
  }

  @Override
  public String getServiceId() {
    return serviceId;
  }

  @Override
  public String execute(final String functionName, final String funcArgs) {
    return Sneaky.call(() -> requests.execute(functionName, funcArgs));
  }

  @Override
  public void result(final String id, final String result) {
    requests.result(id, result);
  }

  @Override
  public DRPCRequest fetchRequest(final String functionName) {
    return requests.fetch(functionName);
  }

  @Override
  public void failRequest(final String id) {
    requests.fail(id);
  }

  @Override
  public void shutdown() {
    ServiceRegistry.unregisterService(serviceId);
    requests.close();
  }
}
