package acme.trident;

import backtype.storm.task.IMetricsContext;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import storm.trident.state.OpaqueValue;
import storm.trident.state.State;
import storm.trident.state.StateFactory;
import storm.trident.state.TransactionalValue;
import storm.trident.state.map.IBackingMap;
import storm.trident.state.map.OpaqueMap;
import storm.trident.state.map.TransactionalMap;

/** States of counts whose partitions are files of a folder. */
final class FileStates {
  private FileStates() {}

  static StateFactory opaque(String folder) {
    return new Opaque(folder);
  }

  static StateFactory transactional(String folder) {
    return new Transactional(folder);
  }

  private static Path made(String folder) {
    new File(folder).mkdirs();
    return new File(folder).toPath();
  }

  private static final class Opaque implements StateFactory {
    private static final long serialVersionUID = 1L;
    private final String folder;

    Opaque(String folder) {
      this.folder = folder;
    }

    @Override
    @SuppressWarnings("unchecked") // Trident names its forms of values without their types
    public State makeState(Map conf, IMetricsContext metrics, int partition, int partitions) {
      FileMap file = new FileMap(made(folder), partition);
      return OpaqueMap.build(new Converting<OpaqueValue>(file, Stored::opaque, Stored::of));
    }
  }

  private static final class Transactional implements StateFactory {
    private static final long serialVersionUID = 1L;
    private final String folder;

    Transactional(String folder) {
      this.folder = folder;
    }

    @Override
    @SuppressWarnings("unchecked") // Trident names its forms of values without their types
    public State makeState(Map conf, IMetricsContext metrics, int partition, int partitions) {
      FileMap file = new FileMap(made(folder), partition);
      return TransactionalMap.build(
          new Converting<TransactionalValue>(file, Stored::transactional, Stored::of));
    }
  }

  /** Between Trident's form of values and the one in the file. */
  private static final class Converting<T> implements IBackingMap<T> {
    private final FileMap file;
    private final Function<Stored, T> fromFile;
    private final Function<T, Stored> toFile;

    Converting(FileMap file, Function<Stored, T> fromFile, Function<T, Stored> toFile) {
      this.file = file;
      this.fromFile = fromFile;
      this.toFile = toFile;
    }

    @Override
    public List<T> multiGet(List<List<Object>> keys) {
      List<T> values = new ArrayList<>();
      for (Stored each : file.get(keys)) values.add(each == null ? null : fromFile.apply(each));
      return values;
    }

    @Override
    public void multiPut(List<List<Object>> keys, List<T> values) {
      List<Stored> stored = new ArrayList<>();
      for (T each : values) stored.add(toFile.apply(each));
      file.put(keys, stored);
    }
  }
}
