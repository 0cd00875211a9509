package carbonite;

import com.esotericsoftware.kryo.Kryo;

/** Stands where storm-core 0.9 expects carbonite: Clojure values as Kryo writes them. */
public final class JavaBridge {
  private JavaBridge() {}

  public static void registerPrimitives(final Kryo kryo) throws Exception {}

  public static void registerCollections(final Kryo kryo) throws Exception {}
}
