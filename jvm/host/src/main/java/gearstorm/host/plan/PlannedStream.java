package gearstorm.host.plan;

import java.util.List;

/** One declared output stream of a processor. */
public record PlannedStream(String id, List<String> fields, boolean direct) {}
