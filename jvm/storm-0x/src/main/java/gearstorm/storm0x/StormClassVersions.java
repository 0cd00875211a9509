package gearstorm.storm0x;

import java.io.ObjectStreamClass;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lets objects of one patch release of Storm be read with the classes of another. Most of Storm's
 * serializable classes declare no serialVersionUID, so any change of a method makes Java refuse
 * them. Here the versions that a stream names for Storm's own classes are overwritten with those of
 * the classes at hand; the fields stay as the stream describes them, and Java matches them by name.
 */
final class StormClassVersions {
  private static final List<String> STORM_PACKAGES = List.of("backtype.storm.", "storm.trident.");
  private static final byte CLASS_DESCRIPTION = 0x72; // java.io.ObjectStreamConstants.TC_CLASSDESC
  private static final int VERSION_BYTES = Long.BYTES;

  private StormClassVersions() {}

  /** The stream itself when nothing differs, else a copy. */
  static byte[] align(final byte[] serialized, final ClassLoader loader) {
    byte[] aligned = serialized;
    for (int at = 0; at + 3 < serialized.length; at++) {
      final String name = classNameAt(serialized, at);
      if (name == null) {
        continue;
      }
      final int versionAt = at + 3 + name.length();
      final long version = ByteBuffer.wrap(serialized).getLong(versionAt);
      final long local = versionOf(name, version, loader);
      if (local != version) {
        aligned = aligned == serialized ? serialized.clone() : aligned;
        ByteBuffer.wrap(aligned).putLong(versionAt, local);
      }
    }
    return aligned;
  }

  /** The class of Storm's that is described at this offset; null when none is. */
  private static String classNameAt(final byte[] serialized, final int at) {
    if (serialized[at] != CLASS_DESCRIPTION) {
      return null;
    }
    final int length = Short.toUnsignedInt(ByteBuffer.wrap(serialized).getShort(at + 1));
    if (at + 3 + length + VERSION_BYTES > serialized.length) {
      return null;
    }
    final String name = new String(serialized, at + 3, length, StandardCharsets.ISO_8859_1);
    return STORM_PACKAGES.stream().anyMatch(name::startsWith) ? name : null;
  }

  private static long versionOf(
      final String name, final long streamVersion, final ClassLoader loader) {
    try {
      final ObjectStreamClass local = ObjectStreamClass.lookup(Class.forName(name, false, loader));
      return local == null ? streamVersion : local.getSerialVersionUID();
    } catch (ClassNotFoundException | LinkageError error) {
      return streamVersion; // reading the object says what is missing
    }
  }
}
