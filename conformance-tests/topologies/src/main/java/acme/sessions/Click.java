package acme.sessions;

/** Not Serializable on purpose: it crosses workers only through its registered serializer. */
final class Click {
  final String id;
  final String user;

  Click(String id, String user) {
    this.id = id;
    this.user = user;
  }
}
