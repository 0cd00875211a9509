package carbonite;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.function.Function;

/** An immutable value as its text. */
final class TextSerializer<T> extends Serializer<T> {
  private final Function<T, String> print;
  private final Function<String, T> parse;

  TextSerializer(final Function<T, String> print, final Function<String, T> parse) {
    super(false, true);
    this.print = print;
    this.parse = parse;
  }

  @Override
  public void write(final Kryo kryo, final Output output, final T value) {
    output.writeString(print.apply(value));
  }

  @Override
  public T read(final Kryo kryo, final Input input, final Class<T> type) {
    return parse.apply(input.readString());
  }
}
