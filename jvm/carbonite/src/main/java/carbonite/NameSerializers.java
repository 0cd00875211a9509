package carbonite;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.regex.Pattern;

/** Clojure's names (namespace or null, then name) and patterns. */
final class NameSerializers {
  private NameSerializers() {}

  static final class OfKeyword extends Serializer<Keyword> {
    OfKeyword() {
      super(false, true);
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Keyword value) {
      output.writeString(value.getNamespace());
      output.writeString(value.getName());
    }

    @Override
    public Keyword read(final Kryo kryo, final Input input, final Class<Keyword> type) {
      return Keyword.intern(input.readString(), input.readString());
    }
  }

  static final class OfSymbol extends Serializer<Symbol> {
    OfSymbol() {
      super(false, true);
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Symbol value) {
      output.writeString(value.getNamespace());
      output.writeString(value.getName());
    }

    @Override
    public Symbol read(final Kryo kryo, final Input input, final Class<Symbol> type) {
      return Symbol.intern(input.readString(), input.readString());
    }
  }

  static final class OfPattern extends Serializer<Pattern> {
    OfPattern() {
      super(false, true);
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Pattern value) {
      output.writeString(value.pattern());
      output.writeInt(value.flags());
    }

    @Override
    public Pattern read(final Kryo kryo, final Input input, final Class<Pattern> type) {
      return Pattern.compile(input.readString(), input.readInt());
    }
  }
}
