package gearstorm.host.values;

import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads values into the classes that Storm's own Kryo knows best: ArrayList and HashMap, Long and
 * Double.
 */
@SuppressWarnings("JavaUtilDate") // what Storm's users have
final class ValueReader {
  private final PackReader in;
  private final Function<byte[], Object> opaque;

  /**
   * @param opaque makes a value of its bytes
   */
  ValueReader(final PackReader in, final Function<byte[], Object> opaque) {
    this.in = in;
    this.opaque = opaque;
  }

  /**
   * @throws IllegalArgumentException when what is read is not one list of values
   */
  @SuppressWarnings("unchecked") // lists are made here only
  List<Object> tuple() {
    final Object values = read();
    if (!(values instanceof List<?> list) || in.hasMore()) {
      throw new IllegalArgumentException("the values of a tuple are not one list");
    }
    return (List<Object>) list;
  }

  private Object read() {
    final int type = in.uint8();
    if (type < 0x80) {
      return (long) type;
    }
    if (type >= 0xe0) {
      return (long) (byte) type;
    }
    if (type < 0x90) {
      return map(type & 0x0f);
    }
    if (type < 0xa0) {
      return list(type & 0x0f);
    }
    return type < 0xc0 ? in.string(type & 0x1f) : typed(type);
  }

  private Object typed(final int type) {
    return switch (type) {
      case 0xc0 -> null;
      case 0xc2 -> false;
      case 0xc3 -> true;
      case 0xc4 -> in.bytes(in.uint8());
      case 0xc5 -> in.bytes(in.uint16());
      case 0xc6 -> in.bytes(in.uint32());
      case 0xc9 -> extension((int) in.uint32());
      case 0xca -> (double) in.float32();
      case 0xcb -> in.float64();
      case 0xcc -> (long) in.uint8();
      case 0xcd -> (long) in.uint16();
      case 0xce -> in.uint32();
      case 0xcf, 0xd3 -> in.int64();
      case 0xd0 -> (long) in.int8();
      case 0xd1 -> (long) in.int16();
      case 0xd2 -> (long) in.int32();
      case 0xd9 -> in.string(in.uint8());
      case 0xda -> in.string(in.uint16());
      case 0xdb -> in.string(in.uint32());
      case 0xdc -> list(in.uint16());
      case 0xdd -> list(in.uint32());
      case 0xde -> map(in.uint16());
      case 0xdf -> map(in.uint32());
      default -> throw unknown("MessagePack", type);
    };
  }

  private List<Object> list(final long length) {
    final List<Object> list = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      list.add(read());
    }
    return list;
  }

  private Map<Object, Object> map(final long size) {
    final Map<Object, Object> map = new HashMap<>();
    for (long i = 0; i < size; i++) {
      final Object key = read();
      map.put(key, read());
    }
    return map;
  }

  private Object extension(final int length) {
    final int type = in.int8();
    return switch (type) {
      case Extensions.BROKEN_STRING -> in.codeUnits(length);
      case Extensions.PLAIN_OBJECT -> read();
      case Extensions.INT -> in.int32();
      case Extensions.SMALL_BIGINT -> in.int64();
      case Extensions.DATE -> new Date(in.int64());
      case Extensions.OPAQUE -> opaque(length, 1);
      case Extensions.NUMBER -> opaque(length, 2);
      default -> throw unknown("extension", type);
    };
  }

  /**
   * @param texts the name of the class, and of a number its digits
   */
  private Object opaque(final int length, final int texts) {
    final int end = in.position() + length;
    in.int32(); // the hash is for hosts that cannot read the rest
    for (int i = 0; i < texts; i++) {
      read(); // so are they
    }
    return opaque.apply(in.bytes(end - in.position()));
  }

  private static IllegalArgumentException unknown(final String kind, final int type) {
    return new IllegalArgumentException("values of %s type %d do not cross".formatted(kind, type));
  }
}
