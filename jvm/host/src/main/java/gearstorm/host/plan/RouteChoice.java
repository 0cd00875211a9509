package gearstorm.host.plan;

import java.util.List;

/**
 * The rule that picks target tasks.
 *
 * @param indexes of a fields grouping: positions in the source stream's fields, in the grouping's
 *     order; empty for every other kind
 */
public record RouteChoice(Kind kind, List<Integer> indexes) {

  /** The groupings; what a custom one does is known to the topology alone. */
  public enum Kind {
    SHUFFLE,
    LOCAL_OR_SHUFFLE,
    NONE,
    ALL,
    GLOBAL,
    DIRECT,
    FIELDS,
    CUSTOM
  }
}
