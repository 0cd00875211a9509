package gearstorm.host.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code plan.json}. */
public final class PlanReader {
  private static final int PLAN_VERSION = 2;

  private PlanReader() {}

  /**
   * @throws PlanFormatException when the file is not a plan of this version
   */
  public static ExecutionPlan read(final Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /**
   * @throws PlanFormatException when the text is not a plan of this version
   */
  public static ExecutionPlan parse(final String json) {
    try {
      return plan(JsonParser.parseString(json).getAsJsonObject());
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException error) {
      throw new PlanFormatException("the plan cannot be read: " + error.getMessage(), error);
    }
  }

  private static ExecutionPlan plan(final JsonObject json) {
    final int version = member(json, "planVersion").getAsInt();
    if (version != PLAN_VERSION) {
      throw new PlanFormatException("the plan's version is " + version + ", not " + PLAN_VERSION);
    }
    return new ExecutionPlan(
        version,
        text(json, "stormId"),
        text(json, "topologyName"),
        text(json, "generation"),
        Set.copyOf(list(json, "yamlKeys", JsonElement::getAsString)),
        list(json, "processors", PlanReader::processor),
        list(json, "executors", PlanReader::executor),
        list(json, "workers", PlanReader::worker),
        list(json, "routes", PlanReader::route));
  }

  private static Processor processor(final JsonElement element) {
    final JsonObject json = element.getAsJsonObject();
    final JsonElement host = member(json, "host");
    final JsonElement cycle = member(json, "cycle");
    return new Processor(
        text(json, "id"),
        constant(Processor.Kind.class, text(json, "kind")),
        host.isJsonNull() ? null : host.getAsString(),
        list(json, "tasks", JsonElement::getAsInt),
        list(json, "streams", PlanReader::stream),
        text(json, "configJson"),
        Set.copyOf(list(json, "ownConfigKeys", JsonElement::getAsString)),
        cycle.isJsonNull() ? null : cycle.getAsInt());
  }

  private static PlannedStream stream(final JsonElement element) {
    final JsonObject json = element.getAsJsonObject();
    return new PlannedStream(
        text(json, "id"),
        list(json, "fields", JsonElement::getAsString),
        member(json, "direct").getAsBoolean());
  }

  private static ExecutorPlan executor(final JsonElement element) {
    final JsonObject json = element.getAsJsonObject();
    return new ExecutorPlan(
        text(json, "component"),
        member(json, "firstTask").getAsInt(),
        member(json, "lastTask").getAsInt(),
        member(json, "worker").getAsInt());
  }

  private static WorkerPlan worker(final JsonElement element) {
    final JsonObject json = element.getAsJsonObject();
    return new WorkerPlan(member(json, "index").getAsInt(), member(json, "port").getAsInt());
  }

  private static Route route(final JsonElement element) {
    final JsonObject json = element.getAsJsonObject();
    return new Route(
        text(json, "source"),
        text(json, "stream"),
        text(json, "target"),
        list(json, "targetTasks", JsonElement::getAsInt),
        choice(member(json, "choice").getAsJsonObject()));
  }

  private static RouteChoice choice(final JsonObject json) {
    final RouteChoice.Kind kind = constant(RouteChoice.Kind.class, text(json, "kind"));
    final List<Integer> indexes =
        kind == RouteChoice.Kind.FIELDS ? list(json, "indexes", JsonElement::getAsInt) : List.of();
    return new RouteChoice(kind, indexes);
  }

  private static String text(final JsonObject json, final String name) {
    return member(json, name).getAsString();
  }

  private static <T> List<T> list(
      final JsonObject json, final String name, final Function<JsonElement, T> read) {
    return member(json, name).getAsJsonArray().asList().stream().map(read).toList();
  }

  /** {@code local-or-shuffle} names {@code LOCAL_OR_SHUFFLE}. */
  private static <E extends Enum<E>> E constant(final Class<E> type, final String name) {
    for (final E each : type.getEnumConstants()) {
      if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return each;
      }
    }
    throw new PlanFormatException("unknown " + type.getSimpleName() + ": " + name);
  }

  private static JsonElement member(final JsonObject json, final String name) {
    final JsonElement element = json.get(name);
    if (element == null) {
      throw new PlanFormatException("the plan misses " + name);
    }
    return element;
  }
}
