package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.generated.JavaObject;
import backtype.storm.generated.JavaObjectArg;
import clojure.lang.PersistentList;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: java objects are made by the constructor that Storm takes. Method: Clojure itself is asked,
 * as Storm's workers ask it, for many classes and arguments.
 */
final class JavaObjectsTest {
  private static final Long TOO_LARGE = 5_000_000_000L;

  /** Remembers which constructor made it of what. */
  abstract static class Made {
    private final String by;

    Made(final Object... by) {
      final StringBuilder text = new StringBuilder(getClass().getSimpleName());
      for (final Object each : by) {
        text.append(' ').append(each);
      }
      this.by = text.toString();
    }

    @Override
    public String toString() {
      return by;
    }
  }

  public static final class Numbers extends Made {
    public Numbers(final int a) {
      super("int", a);
    }

    public Numbers(final long a) {
      super("long", a);
    }

    public Numbers(final float a) {
      super("float", a);
    }
  }

  public static final class Boxes extends Made {
    public Boxes(final Integer a) {
      super("Integer", a);
    }

    public Boxes(final Long a) {
      super("Long", a);
    }

    public Boxes(final Object a) {
      super("Object", a);
    }
  }

  public static final class Mixed extends Made {
    public Mixed(final String a, final int b) {
      super("String,int", a, b);
    }

    public Mixed(final Object a, final int b) {
      super("Object,int", a, b);
    }

    public Mixed(final String a, final boolean b) {
      super("String,boolean", a, b);
    }

    public Mixed(final double a, final double b) {
      super("double,double", a, b);
    }
  }

  public static final class Tied extends Made {
    public Tied(final Object a, final String b) {
      super("Object,String", a, b);
    }

    public Tied(final String a, final Object b) {
      super("String,Object", a, b);
    }
  }

  public static final class OnlyShort extends Made {
    public OnlyShort(final short a) {
      super("short", a);
    }
  }

  public static final class OnlyInt extends Made {
    public OnlyInt(final int a) {
      super("int", a);
    }
  }

  public static final class OnlyDouble extends Made {
    public OnlyDouble(final double a) {
      super("double", a);
    }
  }

  public static final class OnlyLongBox extends Made {
    public OnlyLongBox(final Long a) {
      super("Long", a);
    }
  }

  public static final class OnlyNumber extends Made {
    public OnlyNumber(final Number a) {
      super("Number", a);
    }
  }

  public static final class OnlyFlag extends Made {
    public OnlyFlag(final boolean a) {
      super("boolean", a);
    }
  }

  public static final class Throwing extends Made {
    public Throwing(final String message) {
      throw new IllegalStateException(message);
    }
  }

  public static final class Binary {
    final byte[] bytes;

    public Binary(final byte[] bytes) {
      this.bytes = bytes;
    }
  }

  public static final class Buffered {
    final ByteBuffer bytes;

    public Buffered(final ByteBuffer bytes) {
      this.bytes = bytes;
    }
  }

  private static Object ours(final Class<?> type, final Object... arguments) throws Exception {
    final List<JavaObjectArg> wired = new ArrayList<>();
    for (final Object argument : arguments) {
      wired.add(wired(argument));
    }
    return JavaObjects.create(
        new JavaObject(type.getName(), wired), JavaObjectsTest.class.getClassLoader());
  }

  private static JavaObjectArg wired(final Object argument) {
    final JavaObjectArg wired = new JavaObjectArg();
    if (argument instanceof Integer number) {
      wired.set_int_arg(number);
    } else if (argument instanceof Long number) {
      wired.set_long_arg(number);
    } else if (argument instanceof Double number) {
      wired.set_double_arg(number);
    } else if (argument instanceof Boolean flag) {
      wired.set_bool_arg(flag);
    } else if (argument instanceof byte[] bytes) {
      wired.set_binary_arg(bytes);
    } else {
      wired.set_string_arg((String) argument);
    }
    return wired;
  }

  private static Object storms(final Class<?> type, final Object... arguments) {
    final List<Object> form = new ArrayList<>(List.of(Symbol.intern("new")));
    form.add(Symbol.intern(type.getName()));
    form.addAll(Arrays.asList(arguments));
    return RT.var("clojure.core", "eval").invoke(PersistentList.create(form));
  }

  /** What is made, or that nothing is. */
  private interface Making {
    Object make() throws Exception;
  }

  private static String outcome(final Making making) {
    try {
      return making.make().toString();
    } catch (Exception none) {
      return "none";
    }
  }

  @Test
  void theConstructorIsTheOneThatClojureTakes() {
    final Object[] literals = {
      1, -7, 70_000, 1L, TOO_LARGE, 2.0, 2.75, 1e300, "a", "", true, false
    };
    final List<Class<?>> ofOne =
        List.of(
            Numbers.class,
            Boxes.class,
            OnlyShort.class,
            OnlyInt.class,
            OnlyDouble.class,
            OnlyLongBox.class,
            OnlyNumber.class,
            OnlyFlag.class);
    for (final Object first : literals) {
      for (final Class<?> type : ofOne) {
        assertEquals(
            outcome(() -> storms(type, first)),
            outcome(() -> ours(type, first)),
            () -> type.getSimpleName() + " of the " + first.getClass() + " " + first);
      }
      for (final Object second : literals) {
        if (second.equals(TOO_LARGE)) {
          continue; // Clojure cuts it off without a word when it chooses at run time; we refuse it
        }
        for (final Class<?> type : List.<Class<?>>of(Mixed.class, Tied.class)) {
          assertEquals(
              outcome(() -> storms(type, first, second)),
              outcome(() -> ours(type, first, second)),
              () -> type.getSimpleName() + " of " + first + " and " + second);
        }
      }
    }
  }

  @Test
  void anIntIsAsGoodAsALong() throws Exception {
    assertEquals("Numbers long 7", ours(Numbers.class, 7).toString());
    assertEquals("OnlyShort short 7", ours(OnlyShort.class, 7L).toString());
  }

  @Test
  void bytesFitAnArrayAndABuffer() throws Exception {
    final byte[] bytes = {1, 2, 3};
    assertArrayEquals(bytes, ((Binary) ours(Binary.class, bytes)).bytes);
    assertEquals(ByteBuffer.wrap(bytes), ((Buffered) ours(Buffered.class, bytes)).bytes);
  }

  @Test
  void whatDoesNotFitIsNamedWithTheTypesOfTheArguments() {
    final Exception arity =
        assertThrows(NoSuchMethodException.class, () -> ours(Numbers.class, 1, "a", true));
    assertEquals(
        Numbers.class.getName()
            + " has no public constructor that takes (Integer, String, Boolean)",
        arity.getMessage());
    final Exception tied =
        assertThrows(NoSuchMethodException.class, () -> ours(Tied.class, "a", "b"));
    assertTrue(tied.getMessage().contains("more than one public constructor"), tied.getMessage());
    final Exception type =
        assertThrows(ClassCastException.class, () -> ours(OnlyFlag.class, "true"));
    assertEquals(
        OnlyFlag.class.getName()
            + " takes a boolean as parameter 1, but its arguments are (String)",
        type.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ours(OnlyInt.class, 5_000_000_000L));
  }

  @Test
  void whatTheConstructorThrowsComesThrough() {
    final Exception error =
        assertThrows(IllegalStateException.class, () -> ours(Throwing.class, "no way"));
    assertEquals("no way", error.getMessage());
  }
}
