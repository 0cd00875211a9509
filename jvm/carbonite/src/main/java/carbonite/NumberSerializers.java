package carbonite;

import clojure.lang.BigInt;
import clojure.lang.Ratio;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Date;

/** Numbers beyond Java's primitives, and instants. */
final class NumberSerializers {
  private NumberSerializers() {}

  private static void writeInteger(final Output output, final BigInteger value) {
    final byte[] bytes = value.toByteArray();
    output.writeInt(bytes.length, true);
    output.writeBytes(bytes);
  }

  private static BigInteger readInteger(final Input input) {
    return new BigInteger(input.readBytes(input.readInt(true)));
  }

  static final class OfBigInt extends Serializer<BigInt> {
    OfBigInt() {
      super(false, true);
    }

    @Override
    public void write(final Kryo kryo, final Output output, final BigInt value) {
      writeInteger(output, value.toBigInteger());
    }

    @Override
    public BigInt read(final Kryo kryo, final Input input, final Class<BigInt> type) {
      return BigInt.fromBigInteger(readInteger(input));
    }
  }

  static final class OfRatio extends Serializer<Ratio> {
    OfRatio() {
      super(false, true);
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Ratio value) {
      writeInteger(output, value.numerator);
      writeInteger(output, value.denominator);
    }

    @Override
    public Ratio read(final Kryo kryo, final Input input, final Class<Ratio> type) {
      return new Ratio(readInteger(input), readInteger(input));
    }
  }

  static final class OfBigDecimal extends Serializer<BigDecimal> {
    OfBigDecimal() {
      super(false, true);
    }

    @Override
    public void write(final Kryo kryo, final Output output, final BigDecimal value) {
      writeInteger(output, value.unscaledValue());
      output.writeInt(value.scale());
    }

    @Override
    public BigDecimal read(final Kryo kryo, final Input input, final Class<BigDecimal> type) {
      return new BigDecimal(readInteger(input), input.readInt());
    }
  }

  @SuppressWarnings("JavaUtilDate") // the type that Clojure's #inst literals have
  static final class OfDate extends Serializer<Date> {
    @Override
    public void write(final Kryo kryo, final Output output, final Date value) {
      output.writeLong(value.getTime());
    }

    @Override
    public Date read(final Kryo kryo, final Input input, final Class<Date> type) {
      return new Date(input.readLong());
    }
  }
}
