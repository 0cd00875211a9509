package gearstorm.host.executor;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** Reads a component's configuration; a number may be written as 1, 1.0 or "1". */
final class ComponentConfig {
  private final JsonObject values;

  ComponentConfig(final String json) {
    values = JsonParser.parseString(json).getAsJsonObject();
  }

  /**
   * @throws IllegalArgumentException when the value is no number
   */
  double number(final String key, final double whenAbsent) {
    final JsonElement value = values.get(key);
    if (value == null || value.isJsonNull()) {
      return whenAbsent;
    }
    try {
      return value.getAsDouble();
    } catch (RuntimeException error) {
      throw new IllegalArgumentException(key + " is not a number: " + value, error);
    }
  }

  long integer(final String key, final long whenAbsent) {
    return isAbsent(key) ? whenAbsent : (long) number(key, 0);
  }

  boolean flag(final String key, final boolean whenAbsent) {
    return isAbsent(key) ? whenAbsent : values.get(key).getAsBoolean();
  }

  boolean isAbsent(final String key) {
    final JsonElement value = values.get(key);
    return value == null || value.isJsonNull();
  }
}
