/**
 * Stands in Thrift where a native component's code, or a native subscription's grouping, is meant:
 * both are found in the topology's program. No Java class can be named so.
 */
export const nativeClassName = 'gearstorm:native';
