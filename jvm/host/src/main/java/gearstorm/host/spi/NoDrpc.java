package gearstorm.host.spi;

/** Leads nowhere, so nobody gets anything here. */
final class NoDrpc implements DrpcPort {
  @Override
  public boolean leadsTo(final String host, final int port) {
    return false;
  }

  @Override
  public boolean refuses(final String function) {
    return true;
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
  public boolean fail(final String id) {
    return false;
  }
}
