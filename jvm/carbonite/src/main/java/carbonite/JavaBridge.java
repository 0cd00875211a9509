package carbonite;

import clojure.lang.BigInt;
import clojure.lang.ChunkedCons;
import clojure.lang.Cons;
import clojure.lang.Keyword;
import clojure.lang.LazySeq;
import clojure.lang.MapEntry;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentHashMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentTreeMap;
import clojure.lang.PersistentTreeSet;
import clojure.lang.PersistentVector;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Stands where storm-core 0.9 expects carbonite: Clojure values as Kryo writes them. Lists and
 * sequences arrive as lists, metadata stays behind.
 */
public final class JavaBridge {
  // the order of registrations is the wire format: append only
  private static final List<String> SEQUENCES =
      List.of(
          "clojure.lang.PersistentList$EmptyList",
          "clojure.lang.PersistentVector$ChunkedSeq",
          "clojure.lang.APersistentVector$Seq",
          "clojure.lang.APersistentVector$RSeq",
          "clojure.lang.APersistentMap$KeySeq",
          "clojure.lang.APersistentMap$ValSeq",
          "clojure.lang.PersistentArrayMap$Seq",
          "clojure.lang.PersistentHashMap$NodeSeq",
          "clojure.lang.ArraySeq",
          "clojure.lang.StringSeq",
          "clojure.lang.IteratorSeq");

  private JavaBridge() {}

  /** Scalars that Clojure programs use. */
  public static void registerPrimitives(final Kryo kryo) throws Exception {
    kryo.register(Keyword.class, new NameSerializers.OfKeyword());
    kryo.register(Symbol.class, new NameSerializers.OfSymbol());
    kryo.register(BigInt.class, new NumberSerializers.OfBigInt());
    kryo.register(Ratio.class, new NumberSerializers.OfRatio());
    kryo.register(BigDecimal.class, new NumberSerializers.OfBigDecimal());
    kryo.register(Date.class, new NumberSerializers.OfDate());
    kryo.register(UUID.class, new TextSerializer<>(UUID::toString, UUID::fromString));
    kryo.register(URI.class, new TextSerializer<>(URI::toString, URI::create));
    kryo.register(Pattern.class, new NameSerializers.OfPattern());
  }

  /** Persistent collections and the sequences over them. */
  public static void registerCollections(final Kryo kryo) throws Exception {
    kryo.register(PersistentVector.class, new CollectionSerializers.OfVector());
    kryo.register(MapEntry.class, new CollectionSerializers.OfMapEntry());
    kryo.register(PersistentArrayMap.class, new CollectionSerializers.OfMap());
    kryo.register(PersistentHashMap.class, new CollectionSerializers.OfMap());
    kryo.register(PersistentTreeMap.class, new CollectionSerializers.OfSortedMap());
    kryo.register(PersistentHashSet.class, new CollectionSerializers.OfSet());
    kryo.register(PersistentTreeSet.class, new CollectionSerializers.OfSortedSet());
    final Serializer<Object> sequence = new CollectionSerializers.OfSequence();
    kryo.register(PersistentList.class, sequence);
    kryo.register(Cons.class, sequence);
    kryo.register(ChunkedCons.class, sequence);
    kryo.register(LazySeq.class, sequence);
    for (final String name : SEQUENCES) {
      kryo.register(Class.forName(name, false, JavaBridge.class.getClassLoader()), sequence);
    }
  }
}
