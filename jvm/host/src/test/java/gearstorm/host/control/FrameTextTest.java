package gearstorm.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FrameTextTest {
  @Test
  void everyFieldIsWrittenWithItsTypeFirst() {
    assertEquals(
        "{\"type\":\"hello\",\"wireVersion\":4,\"token\":\"t\",\"stormId\":\"s\",\"workerIndex\":0,"
            + "\"pid\":4,\"epoch\":2,\"state\":\"starting\"}",
        FrameText.write(new WorkerFrame.Hello(4, "t", "s", 0, 4, 2, "starting")));
    assertEquals(
        "{\"type\":\"error\",\"component\":\"c\",\"task\":null,\"timeMs\":3,\"message\":\"<m>\"}",
        FrameText.write(new WorkerFrame.ErrorReport("c", null, 3, "<m>")));
    assertEquals("{\"type\":\"running\"}", FrameText.write(new WorkerFrame.Running()));
    assertEquals(
        "{\"type\":\"drpc-return\",\"id\":\"1\",\"args\":\"a\",\"more\":true}",
        FrameText.write(new WorkerFrame.DrpcReturn("1", "a", true)));
  }

  @Test
  void everyFrameOfControlIsRead() throws IOException {
    assertEquals(new ControlFrame.Welcome(3), read("{\"type\":\"welcome\",\"epoch\":3}"));
    assertEquals(new ControlFrame.Refused("r"), read("{\"type\":\"refused\",\"reason\":\"r\"}"));
    assertEquals(new ControlFrame.Activate(), read("{\"type\":\"activate\"}"));
    assertEquals(new ControlFrame.Deactivate(), read("{\"type\":\"deactivate\"}"));
    assertEquals(new ControlFrame.Ping(), read("{\"type\":\"ping\"}"));
    assertEquals(new ControlFrame.Stop("r"), read("{\"type\":\"stop\",\"reason\":\"r\"}"));
    assertEquals(
        new ControlFrame.PeekStart(1, "c", null, true),
        read(
            "{\"type\":\"peek-start\",\"id\":1,\"component\":\"c\",\"stream\":null,\"all\":true}"));
    assertEquals(
        new ControlFrame.Drpc("h", 3773), read("{\"type\":\"drpc\",\"host\":\"h\",\"port\":3773}"));
    assertEquals(
        new ControlFrame.DrpcRequestPiece("f", "1", "a", true),
        read(
            "{\"type\":\"drpc-request\",\"function\":\"f\",\"id\":\"1\",\"args\":\"a\",\"more\":true}"));
    assertEquals(
        new ControlFrame.DrpcRefused("f", "r"),
        read("{\"type\":\"drpc-refused\",\"function\":\"f\",\"reason\":\"r\"}"));
    assertEquals(new ControlFrame.PeekStop(1), read("{\"type\":\"peek-stop\",\"id\":1}"));
  }

  private static ControlFrame read(final String line) throws IOException {
    return FrameText.read(line).orElseThrow();
  }

  @Test
  void anUnknownTypeIsIgnored() throws IOException {
    assertEquals(Optional.empty(), FrameText.read("{\"type\":\"later\"}"));
  }

  @Test
  void aMalformedLineIsRefused() {
    for (final String line :
        new String[] {"", "7", "{", "{}", "{\"type\":\"welcome\"}", "{\"type\":[]}"}) {
      assertThrows(IOException.class, () -> FrameText.read(line), line);
    }
  }
}
