package gearstorm.host.control;

/** What control wants; called on the connection's thread and returns soon. */
interface ControlListener {
  /** The slot is ours; again after every reconnect. */
  void onWelcome();

  void onRefused(String reason);

  void onActivate();

  void onDeactivate();

  /** The file of the credentials may say something new. */
  void onCredentials();

  /** Control wants a sign of life. */
  void onPing();

  void onStop(String reason);

  void onPeekStart(ControlFrame.PeekStart request);

  void onPeekStop(int id);

  void onDisconnect();

  void onLeaseOver();
}
