package gearstorm.host.spi;

import java.util.List;

/**
 * One declared output stream.
 *
 * @param number index in the component's streams sorted by id; the stream's name on the wire
 */
public record StreamInfo(String component, String id, int number, List<String> fields) {}
