package gearstorm.host.inspect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import gearstorm.host.json.JsonFields;
import gearstorm.host.loading.TopologyClassPath;
import gearstorm.host.spi.ComponentInspection;
import gearstorm.host.spi.GenerationBridge;
import gearstorm.host.transport.WireVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Loads every component of a topology in this process and writes what it found. Static initialisers
 * and readObject methods of user code run; whoever started the process bounds its time.
 */
public final class Inspection {
  private Inspection() {}

  /**
   * @throws Exception when the request, or the topology it names, cannot be read
   */
  public static void run(final Path requestFile, final ClassLoader topologyLoader)
      throws Exception {
    final Request request = read(requestFile);
    TopologyClassPath.check(request.classPath());
    final GenerationBridge bridge = TopologyClassPath.bridge(topologyLoader);
    final JsonArray components = new JsonArray();
    final Path topologyFile = Path.of(request.topologyFile());
    bridge.inspect(topologyFile, topologyLoader, request.shellClasses()).stream()
        .map(Inspection::finding)
        .forEach(components::add);
    final JsonObject report = new JsonObject();
    report.add("components", components);
    report.add("missingHookClasses", words(missing(request.hookClasses(), topologyLoader)));
    write(Path.of(request.reportFile()), report.toString());
  }

  private static List<String> missing(final List<String> names, final ClassLoader loader) {
    return names.stream().filter(name -> !isThere(name, loader)).toList();
  }

  /** Only a worker initialises it, which may fail for reasons of that worker. */
  private static boolean isThere(final String name, final ClassLoader loader) {
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError error) {
      return false;
    }
  }

  /** InspectedComponent of frames.ts. */
  private static JsonObject finding(final ComponentInspection inspection) {
    final JsonObject finding = new JsonObject();
    finding.addProperty("id", inspection.component());
    finding.addProperty("className", inspection.className());
    finding.addProperty("problem", inspection.problem());
    finding.add("drpcFunctions", words(inspection.drpcFunctions()));
    finding.add("shellCommand", words(inspection.shellCommand()));
    finding.add("transactionalIds", words(inspection.transactionalIds()));
    return finding;
  }

  private static JsonElement words(final List<String> list) {
    if (list == null) {
      return JsonNull.INSTANCE;
    }
    final JsonArray words = new JsonArray();
    list.forEach(words::add);
    return words;
  }

  private static Request read(final Path file) throws IOException {
    try {
      final JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      WireVersion.check(json);
      return Request.of(new JsonFields(json));
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | IllegalArgumentException error) {
      throw new IOException(file + " is no inspection request: " + error.getMessage(), error);
    }
  }

  /** Appears whole or not at all. */
  private static void write(final Path file, final String text) throws IOException {
    final Path partial = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(partial, text);
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What is read of InspectionRequest of frames.ts. */
  private record Request(
      String topologyFile,
      List<String> classPath,
      List<String> shellClasses,
      List<String> hookClasses,
      String reportFile) {
    static Request of(final JsonFields fields) {
      return new Request(
          fields.text("topologyFile"),
          fields.texts("classPath"),
          fields.texts("shellClasses"),
          fields.texts("hookClasses"),
          fields.text("reportFile"));
    }
  }
}
