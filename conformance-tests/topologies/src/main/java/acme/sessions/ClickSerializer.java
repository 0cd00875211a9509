package acme.sessions;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** Public with a public constructor: Storm makes it by reflection. */
public final class ClickSerializer extends Serializer<Click> {
  @Override
  public void write(Kryo kryo, Output output, Click click) {
    output.writeString(click.id);
    output.writeString(click.user);
  }

  @Override
  public Click read(Kryo kryo, Input input, Class<Click> type) {
    return new Click(input.readString(), input.readString());
  }
}
