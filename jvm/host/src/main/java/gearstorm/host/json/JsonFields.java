package gearstorm.host.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * The members of a JSON object, each of which must be there. Records are read with it rather than
 * by Gson's reflection, which a starting worker would spend a noticeable time on.
 */
public record JsonFields(JsonObject json) {
  /**
   * @throws IllegalArgumentException when there is none, as in all of these
   */
  public String text(final String name) {
    return element(name).getAsString();
  }

  public int integer(final String name) {
    return element(name).getAsInt();
  }

  public long longInteger(final String name) {
    return element(name).getAsLong();
  }

  public boolean flag(final String name) {
    return element(name).getAsBoolean();
  }

  public List<String> texts(final String name) {
    return element(name).getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
  }

  private JsonElement element(final String name) {
    final JsonElement value = json.get(name);
    if (value == null || value.isJsonNull()) {
      throw new IllegalArgumentException("it misses " + name);
    }
    return value;
  }
}
