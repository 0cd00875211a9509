package gearstorm.host.spi;

final class NoDrpc implements DrpcPort {
  @Override
  public boolean leadsTo(final String host, final int port, final String function) {
    return false;
  }

  @Override
  public DrpcRequest take(final String function, final long waitNs, final boolean ahead) {
    return null;
  }

  @Override
  public boolean result(final String id, final String result) {
    return false;
  }

  @Override
  public void fail(final String id) {
    throw new IllegalStateException("no request came this way");
  }
}
