package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.testing.TestWordSpout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SerializedComponentsTest {
  private static final ClassLoader LOADER = SerializedComponentsTest.class.getClassLoader();

  @Test
  void arraysAndPrimitivesResolve() throws Exception {
    final List<Object> sent = new ArrayList<>(List.of(new int[] {1, 2}, new String[] {"a"}));
    sent.add(int.class);
    final List<?> read = (List<?>) SerializedComponents.read(Topologies.serialize(sent), LOADER);
    assertEquals(2, ((int[]) read.get(0))[1]);
    assertEquals("a", ((String[]) read.get(1))[0]);
    assertSame(int.class, read.get(2));
  }

  @Test
  void anotherPatchReleaseOfStormsClassesIsRead() throws Exception {
    final byte[] serialized = withOtherVersion(new TestWordSpout(), TestWordSpout.class);
    assertThrows(InvalidClassException.class, () -> readPlainly(serialized));
    assertTrue(SerializedComponents.read(serialized, LOADER) instanceof TestWordSpout);
  }

  @Test
  void anotherVersionOfAUsersClassIsRefused() throws IOException {
    final byte[] serialized = withOtherVersion(new Mine(), Mine.class);
    assertThrows(InvalidClassException.class, () -> SerializedComponents.read(serialized, LOADER));
  }

  @Test
  void whatNeedsNoAlignmentIsNotCopied() throws IOException {
    final byte[] serialized = Topologies.serialize(new TestWordSpout());
    assertSame(serialized, StormClassVersions.align(serialized, LOADER));
  }

  private static byte[] withOtherVersion(final Object object, final Class<?> type)
      throws IOException {
    final byte[] serialized = Topologies.serialize(object);
    final long version = ObjectStreamClass.lookup(type).getSerialVersionUID();
    final int name = indexOf(serialized, type.getName().getBytes(StandardCharsets.UTF_8));
    ByteBuffer.wrap(serialized).putLong(name + type.getName().length(), version + 1);
    return serialized;
  }

  /** Without the bridge, as Storm reads. */
  private static Object readPlainly(final byte[] serialized)
      throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized))) {
      return in.readObject();
    }
  }

  private static int indexOf(final byte[] bytes, final byte[] part) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .indexOf(new String(part, StandardCharsets.ISO_8859_1));
  }

  private static final class Mine implements Serializable {
    private static final long serialVersionUID = 5L;
  }
}
