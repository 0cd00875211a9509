package gearstorm.storm0x;

import java.util.Arrays;
import java.util.List;

/** Storm's hash of the values that a fields grouping selects. */
enum FieldsHash {
  /** 0.9: {@link List#hashCode}, so arrays count by identity. */
  LIST {
    @Override
    int of(final List<Object> values, final int[] fieldIndexes) {
      int hash = 1;
      for (final int index : fieldIndexes) {
        final Object value = values.get(index);
        hash = 31 * hash + (value == null ? 0 : value.hashCode());
      }
      return hash;
    }
  },

  /** 0.10: {@link Arrays#deepHashCode}, so arrays count by content. */
  DEEP {
    @Override
    int of(final List<Object> values, final int[] fieldIndexes) {
      final Object[] selected = new Object[fieldIndexes.length];
      for (int i = 0; i < selected.length; i++) {
        selected[i] = values.get(fieldIndexes[i]);
      }
      return Arrays.deepHashCode(selected);
    }
  };

  private static final String NEW_IN_0_10 = "backtype/storm/ICredentialsListener.class";

  abstract int of(List<Object> values, int[] fieldIndexes);

  /** The one of the storm-core that the loader holds. */
  static FieldsHash ofStormIn(final ClassLoader loader) {
    return loader.getResource(NEW_IN_0_10) == null ? LIST : DEEP;
  }
}
