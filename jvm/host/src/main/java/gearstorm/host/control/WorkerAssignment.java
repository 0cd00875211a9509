package gearstorm.host.control;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What control wrote for this one process: WorkerAssignment of frames.ts, field for field. */
public record WorkerAssignment(
    int wireVersion,
    String token,
    String stormId,
    String topologyName,
    String generation,
    long epoch,
    int workerIndex,
    int port,
    int incarnation,
    String controlSocket,
    String dataSocketPrefix,
    String planFile,
    String topologyFile,
    String systemTopologyFile,
    String configFile,
    String credentialsFile,
    String codeDir,
    String pidDir,
    String logFile,
    List<String> classPath,
    List<String> bridgePath,
    int leaseSecs,
    boolean active) {

  /**
   * @throws IOException when the file cannot be read or is no assignment of this wire version
   */
  public static WorkerAssignment read(final Path file) throws IOException {
    try {
      final JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      WireVersion.check(json);
      requireAll(json, WorkerAssignment.class);
      return new Gson().fromJson(json, WorkerAssignment.class);
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException error) {
      throw new IOException(file + " is no assignment: " + error.getMessage(), error);
    }
  }

  private static void requireAll(final JsonObject json, final Class<? extends Record> type) {
    for (final RecordComponent field : type.getRecordComponents()) {
      final JsonElement value = json.get(field.getName());
      if (value == null || value.isJsonNull()) {
        throw new IllegalArgumentException("it misses " + field.getName());
      }
    }
  }
}
