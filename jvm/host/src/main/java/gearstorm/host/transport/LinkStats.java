package gearstorm.host.transport;

/**
 * What went over the connections with one peer since the start.
 *
 * @param connected whether this worker can send to the peer now
 * @param connects how often the way to the peer was established
 * @param tuplesDropped tuples that were given up because the peer was away for too long
 */
public record LinkStats(
    int peerWorker,
    boolean connected,
    long connects,
    long tuplesSent,
    long bytesSent,
    long tuplesDropped,
    long tuplesReceived,
    long bytesReceived) {}
