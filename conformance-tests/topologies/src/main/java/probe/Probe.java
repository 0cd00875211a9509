package probe;

/** One topology, or several, that write down what they see of their Storm. */
interface Probe {
  /** The name of the file of its notes. */
  String name();

  /** How many slots it needs at once. */
  int workers();

  /** Submits, waits until all is noted, and kills what it submitted. */
  void run(Session session) throws Exception;
}
