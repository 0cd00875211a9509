package gearstorm.host.transport;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** The version of everything that crosses between processes; a host speaks exactly one. */
public final class WireVersion {
  public static final int CURRENT = 4;

  private WireVersion() {}

  /**
   * @throws IllegalArgumentException when the file was written for another version
   */
  public static void check(final JsonObject json) {
    final JsonElement version = json.get("wireVersion");
    if (version == null || version.getAsInt() != CURRENT) {
      throw new IllegalArgumentException(
          "its wireVersion is " + version + ", this host speaks " + CURRENT);
    }
  }
}
