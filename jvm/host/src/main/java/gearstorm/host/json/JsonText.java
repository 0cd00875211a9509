package gearstorm.host.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON text as the plain objects Storm's own parser makes of it: integers are Long and decimals
 * Double. Lets a bridge read configuration without seeing the host's JSON library.
 */
public final class JsonText {
  private static final Gson WRITER =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private JsonText() {}

  /**
   * A JSON object as a map in the order of the text.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static Map<String, Object> object(final String text) {
    try {
      return map(JsonParser.parseString(text).getAsJsonObject());
    } catch (JsonParseException | IllegalStateException | NumberFormatException error) {
      throw new IllegalArgumentException("not a JSON object: " + error.getMessage(), error);
    }
  }

  /**
   * The text of a value made of maps, lists, strings, numbers, booleans and null.
   *
   * @throws IllegalArgumentException when a number is none that JSON has
   */
  public static String write(final Object value) {
    return WRITER.toJson(value);
  }

  private static Object value(final JsonElement element) {
    if (element.isJsonNull()) {
      return null;
    }
    if (element.isJsonObject()) {
      return map(element.getAsJsonObject());
    }
    if (element.isJsonArray()) {
      return list(element.getAsJsonArray());
    }
    final JsonPrimitive primitive = element.getAsJsonPrimitive();
    if (primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    return primitive.isNumber() ? number(primitive.getAsString()) : primitive.getAsString();
  }

  private static Number number(final String text) {
    final boolean decimal =
        text.indexOf('.') >= 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
    if (decimal) {
      return Double.valueOf(text);
    }
    return Long.valueOf(text);
  }

  private static Map<String, Object> map(final JsonObject json) {
    final Map<String, Object> map = new LinkedHashMap<>();
    for (final Map.Entry<String, JsonElement> entry : json.entrySet()) {
      map.put(entry.getKey(), value(entry.getValue()));
    }
    return map;
  }

  private static List<Object> list(final JsonArray json) {
    final List<Object> list = new ArrayList<>(json.size());
    for (final JsonElement element : json) {
      list.add(value(element));
    }
    return list;
  }
}
