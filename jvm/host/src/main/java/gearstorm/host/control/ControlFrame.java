package gearstorm.host.control;

import gearstorm.host.control.LoggerLevels.LoggerLevel;
import java.util.List;

/** Control to worker: ControlFrame of frames.ts. */
sealed interface ControlFrame {
  record Welcome(long epoch) implements ControlFrame {}

  record Refused(String reason) implements ControlFrame {}

  record Activate() implements ControlFrame {}

  record Deactivate() implements ControlFrame {}

  record Credentials() implements ControlFrame {}

  /**
   * @param levels the whole of what loggers were given
   */
  record LogLevels(List<LoggerLevel> levels) implements ControlFrame {}

  record Ping() implements ControlFrame {}

  record Stop(String reason) implements ControlFrame {}

  /**
   * @param stream null for every stream
   * @param all buffer instead of thinning
   */
  record PeekStart(int id, String component, String stream, boolean all) implements ControlFrame {}

  record PeekStop(int id) implements ControlFrame {}

  /** Where the requests that the other frames bring can be had over Thrift. */
  record Drpc(String host, int port) implements ControlFrame {}

  /**
   * @param more whether another piece of the arguments follows
   */
  record DrpcRequestPiece(String function, String id, String args, boolean more)
      implements ControlFrame {}

  record DrpcRefused(String function, String reason) implements ControlFrame {}
}
