package gearstorm.host.spi;

/**
 * How far the reader of a partitioned source, such as Kafka, is in one partition: PartitionProgress
 * of runtime/wire/frames.ts.
 *
 * @param topic empty where the reader does not say it
 * @param lag messages that are written and not done with
 * @param endOffset what the next message to be written will get
 * @param doneOffset everything in front of it is done
 */
public record PartitionLag(
    String topic, int partition, long lag, long endOffset, long doneOffset) {}
