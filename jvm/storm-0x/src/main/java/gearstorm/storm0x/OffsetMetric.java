package gearstorm.storm0x;

import backtype.storm.metric.api.IMetricsConsumer.DataPoint;
import gearstorm.host.spi.PartitionLag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metric by which all of Storm's spouts for Kafka, Trident's too, tell how far they are. */
final class OffsetMetric {
  private static final String NAME = "kafkaOffset";

  /** The oldest spouts leave the topic out. */
  private static final Pattern LAG = Pattern.compile("(?:(.*)/)?partition_(\\d{1,9})/spoutLag");

  private OffsetMetric() {}

  /** null when none of the points is that metric. */
  static List<PartitionLag> lagsIn(final List<DataPoint> points) {
    List<PartitionLag> lags = null;
    for (final DataPoint point : points) {
      if (NAME.equals(point.name) && point.value instanceof Map<?, ?> offsets) {
        lags = lags == null ? new ArrayList<>() : lags;
        addTo(lags, offsets);
      }
    }
    return lags;
  }

  private static void addTo(final List<PartitionLag> lags, final Map<?, ?> offsets) {
    offsets.forEach(
        (key, lag) -> {
          final Matcher name = LAG.matcher(String.valueOf(key));
          if (name.matches() && lag instanceof Number behind) {
            final String partition = name.group().substring(0, name.group().lastIndexOf('/') + 1);
            if (offsets.get(partition + "latestTimeOffset") instanceof Number end) {
              lags.add(lagOf(name, behind.longValue(), end.longValue()));
            }
          }
        });
  }

  private static PartitionLag lagOf(final Matcher name, final long lag, final long endOffset) {
    final String topic = name.group(1) == null ? "" : name.group(1);
    final int partition = Integer.parseInt(name.group(2));
    return new PartitionLag(topic, partition, Math.max(lag, 0), endOffset, endOffset - lag);
  }
}
