package gearstorm.host.control;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/** The credentials of a topology as control stores them: one JSON object of strings. */
final class CredentialsFile {
  private CredentialsFile() {}

  /**
   * @return immutable; null when there is no file
   * @throws IOException when the file is not as control writes it; never with its text
   */
  static Map<String, String> read(final Path file) throws IOException {
    try {
      final TypeToken<Map<String, String>> strings = new TypeToken<>() {};
      return Collections.unmodifiableMap(new Gson().fromJson(Files.readString(file), strings));
    } catch (NoSuchFileException none) {
      return null;
    } catch (JsonParseException error) {
      throw new IOException(file + " is no JSON object of strings");
    }
  }
}
