package gearstorm.host.inspect;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import gearstorm.host.control.WireVersion;
import gearstorm.host.loading.BridgeLoader;
import gearstorm.host.loading.TopologyLoader;
import gearstorm.host.spi.ComponentInspection;
import gearstorm.host.spi.GenerationBridge;
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
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  private Inspection() {}

  /**
   * @throws Exception when the request, or the topology it names, cannot be read
   */
  public static void run(final Path requestFile) throws Exception {
    final Request request = read(requestFile);
    final TopologyLoader topologyLoader = TopologyLoader.ofThisProcess();
    topologyLoader.open(paths(request.classPath()));
    final GenerationBridge bridge = BridgeLoader.load(paths(request.bridgePath()), topologyLoader);
    final List<Finding> findings =
        bridge.inspect(Path.of(request.topologyFile()), topologyLoader).stream()
            .map(Finding::of)
            .toList();
    write(Path.of(request.reportFile()), GSON.toJson(new Report(findings)));
  }

  private static Request read(final Path file) throws IOException {
    try {
      final JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      WireVersion.check(json);
      return GSON.fromJson(json, Request.class);
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException error) {
      throw new IOException(file + " is no inspection request: " + error.getMessage(), error);
    }
  }

  /** Appears whole or not at all. */
  private static void write(final Path file, final String text) throws IOException {
    final Path partial = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(partial, text);
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> paths(final List<String> names) {
    return names.stream().map(Path::of).toList();
  }

  /** InspectionRequest of frames.ts. */
  private record Request(
      int wireVersion,
      String generation,
      String topologyFile,
      List<String> classPath,
      List<String> bridgePath,
      String reportFile) {}

  /** InspectionReport of frames.ts. */
  private record Report(List<Finding> components) {}

  /** InspectedComponent of frames.ts. */
  private record Finding(String id, String className, String problem, List<String> drpcFunctions) {
    static Finding of(final ComponentInspection inspection) {
      return new Finding(
          inspection.component(),
          inspection.className(),
          inspection.problem(),
          inspection.drpcFunctions());
    }
  }
}
