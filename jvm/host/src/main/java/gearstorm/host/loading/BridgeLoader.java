package gearstorm.host.loading;

import gearstorm.host.spi.GenerationBridge;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Loads one generation's bridge. It sees Storm, the topology and {@code gearstorm.host.*} through
 * the topology's loader; neither Storm nor the topology sees it.
 */
public final class BridgeLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private BridgeLoader(final URL[] urls, final TopologyLoader topology) {
    super("bridge", urls, topology);
  }

  /**
   * @param topology already open: the bridge's classes name Storm's
   * @throws IOException when the path holds no bridge
   */
  public static GenerationBridge load(final List<Path> bridgePath, final TopologyLoader topology)
      throws IOException {
    final URL[] urls = new URL[bridgePath.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = bridgePath.get(i).toUri().toURL();
    }
    final BridgeLoader loader = new BridgeLoader(urls, topology);
    // a service file in the topology's own jar must not stand in for the bridge
    return ServiceLoader.load(GenerationBridge.class, loader).stream()
        .filter(provider -> provider.type().getClassLoader() == loader)
        .findFirst()
        .map(ServiceLoader.Provider::get)
        .orElseThrow(() -> new IOException("no bridge for Storm in " + bridgePath));
  }
}
