import backtype.storm.generated.DistributedRPC;
import backtype.storm.generated.DistributedRPCInvocations;
import backtype.storm.generated.Nimbus;
import backtype.storm.generated.StormTopology;
import backtype.storm.testing.TestGlobalCount;
import backtype.storm.testing.TestWordCounter;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.apache.thrift7.TException;
import org.apache.thrift7.TFieldIdEnum;
import org.apache.thrift7.TSerializer;
import org.apache.thrift7.TUnion;
import org.apache.thrift7.meta_data.EnumMetaData;
import org.apache.thrift7.meta_data.FieldMetaData;
import org.apache.thrift7.meta_data.FieldValueMetaData;
import org.apache.thrift7.meta_data.ListMetaData;
import org.apache.thrift7.meta_data.MapMetaData;
import org.apache.thrift7.meta_data.SetMetaData;
import org.apache.thrift7.meta_data.StructMetaData;
import org.apache.thrift7.protocol.TBinaryProtocol;
import org.apache.thrift7.protocol.TType;

/**
 * Prints, as one JSON object, what the generated classes of the storm-core jar on the class path
 * say about Storm's Thrift types, and the bytes of a topology that Storm's own builder made.
 */
public final class ThriftFacts {
  private static final String PACKAGE_PATH = "backtype/storm/generated/";
  private static final List<Class<?>> SERVICES =
      List.of(Nimbus.class, DistributedRPC.class, DistributedRPCInvocations.class);

  public static void main(String[] args) throws Exception {
    Map<String, Object> types = new TreeMap<>();
    Map<String, Object> methods = new TreeMap<>();
    for (Class<?> type : generatedClasses()) {
      String name = type.getSimpleName();
      if (type.isEnum() && type.getEnclosingClass() == null) {
        types.put(name, describeEnum(type));
      } else if (name.endsWith("_args") || name.endsWith("_result")) {
        if (SERVICES.contains(type.getEnclosingClass())) methods.put(name, fieldsOf(type));
      } else if (type.getEnclosingClass() == null && hasMetaData(type)) {
        types.put(name, Map.of("kind", kindOf(type), "fields", fieldsOf(type)));
      }
    }
    byte[] topology = new TSerializer(new TBinaryProtocol.Factory()).serialize(wordCount());
    System.out.println(json(Map.of("types", types, "methods", methods, "topologyHex", hex(topology))));
  }

  private static List<Class<?>> generatedClasses() throws Exception {
    File jar = new File(Nimbus.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> found = new ArrayList<>();
    try (JarFile entries = new JarFile(jar)) {
      for (var all = entries.entries(); all.hasMoreElements(); ) {
        String path = all.nextElement().getName();
        if (path.startsWith(PACKAGE_PATH) && path.endsWith(".class")) {
          String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
          found.add(Class.forName(name, false, ThriftFacts.class.getClassLoader()));
        }
      }
    }
    return found;
  }

  private static boolean hasMetaData(Class<?> type) {
    try {
      return type.getField("metaDataMap") != null;
    } catch (NoSuchFieldException e) {
      return false;
    }
  }

  private static String kindOf(Class<?> type) {
    if (TUnion.class.isAssignableFrom(type)) return "union";
    if (TException.class.isAssignableFrom(type)) return "exception";
    return Exception.class.isAssignableFrom(type) ? "exception" : "struct";
  }

  private static Map<String, Object> describeEnum(Class<?> type) throws Exception {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      values.put(constant.toString(), type.getMethod("getValue").invoke(constant));
    }
    return Map.of("kind", "enum", "values", values);
  }

  private static List<Object> fieldsOf(Class<?> type) throws Exception {
    Map<?, ?> metaData = (Map<?, ?>) type.getField("metaDataMap").get(null);
    List<Object> fields = new ArrayList<>();
    for (Map.Entry<?, ?> entry : metaData.entrySet()) {
      TFieldIdEnum id = (TFieldIdEnum) entry.getKey();
      FieldMetaData field = (FieldMetaData) entry.getValue();
      fields.add(
          Map.of(
              "id", id.getThriftFieldId(),
              "name", id.getFieldName(),
              "requiredness", requiredness(field.requirementType),
              "type", typeName(field.valueMetaData)));
    }
    return fields;
  }

  private static String requiredness(byte requirementType) {
    return switch (requirementType) {
      case 1 -> "required";
      case 2 -> "optional";
      default -> "default";
    };
  }

  private static String typeName(FieldValueMetaData value) {
    if (value instanceof StructMetaData struct) return struct.structClass.getSimpleName();
    if (value instanceof EnumMetaData constant) return constant.enumClass.getSimpleName();
    if (value instanceof ListMetaData list) return "list<" + typeName(list.elemMetaData) + ">";
    if (value instanceof SetMetaData set) return "set<" + typeName(set.elemMetaData) + ">";
    if (value instanceof MapMetaData map) {
      return "map<" + typeName(map.keyMetaData) + "," + typeName(map.valueMetaData) + ">";
    }
    return switch (value.type) {
      case TType.VOID -> "void";
      case TType.BOOL -> "bool";
      case TType.I32 -> "i32";
      case TType.I64 -> "i64";
      case TType.DOUBLE -> "double";
      case TType.STRING -> value.isBinary() ? "binary" : "string";
      case TType.STRUCT -> "struct";
      default -> "type " + value.type;
    };
  }

  private static StormTopology wordCount() {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new TestWordSpout(), 3).setNumTasks(6);
    builder.setSpout("more-words", new TestWordSpout());
    builder
        .setBolt("count", new TestWordCounter(), 4)
        .fieldsGrouping("words", new Fields("word"))
        .shuffleGrouping("more-words")
        .addConfiguration("rate", 1.0)
        .addConfiguration("big", 1L << 60);
    builder
        .setBolt("global", new TestGlobalCount())
        .globalGrouping("count")
        .allGrouping("words", "signals")
        .localOrShuffleGrouping("more-words")
        .noneGrouping("words")
        .directGrouping("count", "direct");
    return builder.createTopology();
  }

  /** Maps, lists, numbers and plain names only: nothing here needs escaping. */
  private static String json(Object value) {
    StringJoiner members;
    if (value instanceof Map<?, ?> map) {
      members = new StringJoiner(",", "{", "}");
      map.forEach((key, each) -> members.add(json(key) + ":" + json(each)));
    } else if (value instanceof List<?> list) {
      members = new StringJoiner(",", "[", "]");
      list.forEach(each -> members.add(json(each)));
    } else {
      return value instanceof Number ? value.toString() : '"' + value.toString() + '"';
    }
    return members.toString();
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) text.append(String.format("%02x", each));
    return text.toString();
  }
}
