package probe;

import backtype.storm.serialization.IKryoDecorator;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values that a topology may emit, and the classes of some of them. */
final class KryoValues {
  private KryoValues() {}

  static List<Object> all() {
    List<Object> values = new ArrayList<>(SampleValues.all());
    values.addAll(Arrays.asList(new Registered("r"), new Custom("c"), new Fielded("f")));
    values.addAll(Arrays.asList(new Decorated("d"), new Unknown("u"), Kind.SECOND));
    values.add(new Object[] {new Unknown("in an array")});
    values.add(new ArrayList<>(Arrays.asList(1, new Unknown("in a list"))));
    values.add(new HashSet<>(Arrays.asList(1, 2)));
    values.add(new HashMap<>(Collections.singletonMap("k", 1L)));
    values.add(new LinkedHashMap<>(Collections.singletonMap("k", new byte[] {1})));
    values.add(new TreeMap<>(Collections.singletonMap("k", 1)));
    values.add(BigInteger.ONE);
    values.add(Collections.unmodifiableList(Arrays.asList(1, 2)));
    values.add(Map.class);
    return values;
  }

  /** All say which class they are, and how they came to be. */
  private abstract static class Named implements Serializable {
    private static final long serialVersionUID = 1;

    String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Registered without a serializer. */
  static final class Registered extends Named {
    private static final long serialVersionUID = 1;

    Registered() {
      this("made by Kryo");
    }

    Registered(String name) {
      super(name);
    }
  }

  /** Registered with a serializer of its own. */
  static final class Custom extends Named {
    private static final long serialVersionUID = 1;

    Custom(String name) {
      super(name);
    }
  }

  /** Registered with one of Kryo's serializers. */
  static final class Fielded extends Named {
    private static final long serialVersionUID = 1;

    Fielded() {
      this("made by Kryo");
    }

    Fielded(String name) {
      super(name);
    }
  }

  /** Registered by the decorator. */
  static final class Decorated extends Named {
    private static final long serialVersionUID = 1;

    Decorated(String name) {
      super(name);
    }
  }

  /** Not registered. */
  static final class Unknown extends Named {
    private static final long serialVersionUID = 1;

    Unknown(String name) {
      super(name);
    }
  }

  /** An enum that nobody registered. */
  enum Kind {
    FIRST,
    SECOND
  }

  /** Leaves a trace of every passage. */
  public static final class CustomSerializer extends Serializer<Custom> {
    @Override
    public void write(Kryo kryo, Output output, Custom value) {
      output.writeString(value.name + " written");
    }

    @Override
    public Custom read(Kryo kryo, Input input, Class<Custom> type) {
      return new Custom(input.readString() + " and read");
    }
  }

  /** Leaves another trace. */
  public static final class Decorator implements IKryoDecorator {
    @Override
    public void decorate(Kryo kryo) {
      kryo.register(Decorated.class, new DecoratedSerializer());
    }
  }

  private static final class DecoratedSerializer extends Serializer<Decorated> {
    @Override
    public void write(Kryo kryo, Output output, Decorated value) {
      output.writeString(value.name + " written by the decorator's");
    }

    @Override
    public Decorated read(Kryo kryo, Input input, Class<Decorated> type) {
      return new Decorated(input.readString());
    }
  }
}
