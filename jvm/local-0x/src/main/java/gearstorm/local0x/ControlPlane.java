package gearstorm.local0x;

import gearstorm.host.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The control plane of one cluster: a child process that ends when its standard input does, so also
 * when this JVM is killed.
 */
final class ControlPlane {
  private static final long STOP_LIMIT_SECS = 30;
  private static final String HOME = "gearstorm.home";
  private static final String NODE = "gearstorm.node";
  private static final String CONFIG_FILE = "gearstorm.config";

  private final Process process;
  private final String host;
  private final int port;

  private ControlPlane(final Process process, final String host, final int port) {
    this.process = process;
    this.host = host;
    this.port = port;
  }

  /**
   * Returns when it answers.
   *
   * @param folder where it keeps everything, which it removes at its end
   * @param guestSocket where it asks for workers to be run
   * @param settings {@code key=value}, the value in JSON
   * @throws IOException when it does not start, with what it said
   */
  static ControlPlane start(final Path folder, final Path guestSocket, final List<String> settings)
      throws IOException {
    final Path log = folder.resolve("control.log");
    final Process process =
        new ProcessBuilder(command(folder, guestSocket, settings))
            .redirectError(log.toFile())
            .start();
    final BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    final String ready = said.readLine();
    if (ready == null) {
      throw notStarted(Files.readString(log).trim());
    }
    final Map<String, Object> facts = JsonText.object(ready);
    final Map<?, ?> nimbus = (Map<?, ?>) facts.get("nimbus");
    if (nimbus == null) {
      awaitEnd(process);
      throw notStarted((String) facts.get("error"));
    }
    return new ControlPlane(
        process, (String) nimbus.get("host"), ((Number) nimbus.get("port")).intValue());
  }

  private static IOException notStarted(final String reason) {
    return new IOException("the local cluster does not start: " + reason);
  }

  String host() {
    return host;
  }

  /** Of Nimbus. */
  int port() {
    return port;
  }

  /** Ends it with all that it started; returns when it is gone. */
  void stop() {
    awaitEnd(process);
  }

  private static void awaitEnd(final Process process) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_LIMIT_SECS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException gone) {
      process.destroyForcibly();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> command(
      final Path folder, final Path guestSocket, final List<String> settings) {
    final List<String> command = new ArrayList<>();
    command.add(System.getProperty(NODE, "node"));
    command.add(home().resolve("dist").resolve("cli").resolve("local-control.js").toString());
    command.add(folder.toString());
    command.add(guestSocket.toString());
    final String configFile = System.getProperty(CONFIG_FILE, "");
    if (!configFile.isEmpty()) {
      command.addAll(List.of("--config", configFile));
    }
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    return command;
  }

  /** Where Gearstorm is: this class comes from {@code build/jvm/local-0x} there. */
  private static Path home() {
    final String named = System.getProperty(HOME);
    if (named != null) {
      return Path.of(named);
    }
    try {
      final Path jar =
          Path.of(ControlPlane.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.getParent().getParent().getParent().getParent();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
