package gearstorm.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerAssignmentTest {
  private static final String WHOLE =
      """
      {"wireVersion":4,"token":"00ff","stormId":"t-1-2","topologyName":"t","generation":"0.9",
       "epoch":3,"workerIndex":0,"port":6700,"incarnation":1,"controlSocket":"/c","dataSocketPrefix":"/d",
       "planFile":"/p","topologyFile":"/t","systemTopologyFile":"/s","configFile":"/f","credentialsFile":"/c","codeDir":"/r","pidDir":"/i","logFile":"/l",
       "classPath":["/a.jar"],"bridgePath":["/b.jar"],"leaseSecs":30,"active":true}
      """;

  @TempDir Path directory;

  private WorkerAssignment read(final String text) throws IOException {
    return WorkerAssignment.read(Files.writeString(directory.resolve("assignment.json"), text));
  }

  @Test
  void everyFieldIsRead() throws IOException {
    final WorkerAssignment assignment = read(WHOLE);
    assertEquals("t-1-2", assignment.stormId());
    assertEquals(6700, assignment.port());
    assertEquals(List.of("/a.jar"), assignment.classPath());
    assertTrue(assignment.active());
  }

  @Test
  void anotherWireVersionIsRefused() {
    refused(WHOLE.replace("\"wireVersion\":4", "\"wireVersion\":1"), "wireVersion is 1");
  }

  @Test
  void aMissingFieldIsNamed() {
    refused(WHOLE.replace("\"port\":6700,", ""), "misses port");
  }

  @Test
  void whatIsNoJsonIsRefused() {
    refused("{", "is no assignment");
  }

  private void refused(final String text, final String why) {
    final IOException error = assertThrows(IOException.class, () -> read(text));
    assertTrue(error.getMessage().contains(why), error.getMessage());
  }
}
