package acme.sessions;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Registered nowhere: crosses workers by Java serialization. */
final class Session implements Serializable {
  private static final long serialVersionUID = 1;

  final String user;
  final ArrayList<String> clicks;

  Session(String user, List<String> clicks) {
    this.user = user;
    this.clicks = new ArrayList<>(clicks);
  }
}
