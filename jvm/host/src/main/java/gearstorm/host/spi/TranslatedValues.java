package gearstorm.host.spi;

import java.util.List;

/** Values of a tuple that hosts of other languages read in a form of their own. */
public interface TranslatedValues {
  /** The same in values that every language has. */
  List<Object> translated();
}
