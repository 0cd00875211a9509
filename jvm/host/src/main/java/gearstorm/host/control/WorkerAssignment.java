package gearstorm.host.control;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import gearstorm.host.json.JsonFields;
import gearstorm.host.transport.WireVersion;
import java.io.IOException;
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
      return of(new JsonFields(json));
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | IllegalArgumentException error) {
      throw new IOException(file + " is no assignment: " + error.getMessage(), error);
    }
  }

  private static WorkerAssignment of(final JsonFields fields) {
    return new WorkerAssignment(
        fields.integer("wireVersion"),
        fields.text("token"),
        fields.text("stormId"),
        fields.text("topologyName"),
        fields.text("generation"),
        fields.longInteger("epoch"),
        fields.integer("workerIndex"),
        fields.integer("port"),
        fields.integer("incarnation"),
        fields.text("controlSocket"),
        fields.text("dataSocketPrefix"),
        fields.text("planFile"),
        fields.text("topologyFile"),
        fields.text("systemTopologyFile"),
        fields.text("configFile"),
        fields.text("credentialsFile"),
        fields.text("codeDir"),
        fields.text("pidDir"),
        fields.text("logFile"),
        fields.texts("classPath"),
        fields.texts("bridgePath"),
        fields.integer("leaseSecs"),
        fields.flag("active"));
  }
}
