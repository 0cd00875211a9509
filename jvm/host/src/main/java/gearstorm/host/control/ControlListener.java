package gearstorm.host.control;

import gearstorm.host.control.LoggerLevels.LoggerLevel;
import java.util.List;

/** What control wants; called on the connection's thread and returns soon. */
interface ControlListener {
  /** The slot is ours; again after every reconnect. */
  void onWelcome();

  void onRefused(String reason);

  void onActivate();

  void onDeactivate();

  /** The file of the credentials may say something new. */
  void onCredentials();

  /** What loggers shall tell, in place of what was said before. */
  void onLogLevels(List<LoggerLevel> levels);

  /** Control wants a sign of life. */
  void onPing();

  void onStop(String reason);

  void onPeekStart(ControlFrame.PeekStart request);

  void onPeekStop(int id);

  /** Control has a DRPC server. */
  void onDrpc(ControlFrame.Drpc server);

  void onDrpcRequest(ControlFrame.DrpcRequestPiece piece);

  void onDrpcRefused(ControlFrame.DrpcRefused refused);

  void onDisconnect();

  void onLeaseOver();
}
