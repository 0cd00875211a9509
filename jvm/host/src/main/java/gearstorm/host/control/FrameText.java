package gearstorm.host.control;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import gearstorm.host.control.LoggerLevels.LoggerLevel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frames as lines: one JSON object each, absent values as null. */
final class FrameText {
  private FrameText() {}

  static String write(final WorkerFrame frame) {
    final JsonObject line = new JsonObject();
    line.addProperty("type", frame.type());
    frame.addTo(line);
    return line.toString();
  }

  /** Any value of plain objects as JSON. */
  static String write(final Object plain) {
    return Reflection.GSON.toJson(plain);
  }

  static JsonElement tree(final Object plain) {
    return Reflection.GSON.toJsonTree(plain);
  }

  /**
   * @return empty for a type this host does not know, which is to be ignored
   * @throws IOException when the line is no frame
   */
  static Optional<ControlFrame> read(final String line) throws IOException {
    try {
      final JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      return Optional.ofNullable(frame(field(json, "type").getAsString(), json));
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException error) {
      throw new IOException("malformed frame from control: " + error.getMessage(), error);
    }
  }

  private static ControlFrame frame(final String type, final JsonObject json) throws IOException {
    return switch (type) {
      case "welcome" -> new ControlFrame.Welcome(field(json, "epoch").getAsLong());
      case "refused" -> new ControlFrame.Refused(field(json, "reason").getAsString());
      case "activate" -> new ControlFrame.Activate();
      case "deactivate" -> new ControlFrame.Deactivate();
      case "credentials" -> new ControlFrame.Credentials();
      case "log-levels" -> logLevels(json);
      case "ping" -> new ControlFrame.Ping();
      case "stop" -> new ControlFrame.Stop(field(json, "reason").getAsString());
      case "peek-start" -> peekStart(json);
      case "peek-stop" -> new ControlFrame.PeekStop(field(json, "id").getAsInt());
      case "drpc" -> new ControlFrame.Drpc(text(json, "host"), field(json, "port").getAsInt());
      case "drpc-request" ->
          new ControlFrame.DrpcRequestPiece(
              text(json, "function"),
              text(json, "id"),
              text(json, "args"),
              field(json, "more").getAsBoolean());
      case "drpc-refused" ->
          new ControlFrame.DrpcRefused(text(json, "function"), text(json, "reason"));
      default -> null;
    };
  }

  private static ControlFrame logLevels(final JsonObject json) throws IOException {
    final List<LoggerLevel> levels = new ArrayList<>();
    for (final JsonElement each : field(json, "levels").getAsJsonArray()) {
      final JsonObject level = each.getAsJsonObject();
      final JsonElement until = field(level, "untilMs");
      levels.add(
          new LoggerLevel(
              field(level, "logger").getAsString(),
              field(level, "level").getAsString(),
              until.isJsonNull() ? Long.MAX_VALUE : until.getAsLong()));
    }
    return new ControlFrame.LogLevels(levels);
  }

  private static ControlFrame peekStart(final JsonObject json) throws IOException {
    final JsonElement stream = field(json, "stream");
    return new ControlFrame.PeekStart(
        field(json, "id").getAsInt(),
        field(json, "component").getAsString(),
        stream.isJsonNull() ? null : stream.getAsString(),
        field(json, "all").getAsBoolean());
  }

  private static String text(final JsonObject json, final String name) throws IOException {
    return field(json, name).getAsString();
  }

  private static JsonElement field(final JsonObject json, final String name) throws IOException {
    final JsonElement value = json.get(name);
    if (value == null) {
      throw new IOException("a frame from control misses " + name);
    }
    return value;
  }

  /** On its own, so that a worker can start before Gson is ready for any class there is. */
  private static final class Reflection {
    static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  }
}
