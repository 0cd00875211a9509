/** How messages look on the pipes of a component's subprocess. */
export type MultilangSerializer = 'json' | 'msgpack';

const json = new Set([
  'backtype.storm.multilang.JsonSerializer',
  'org.apache.storm.multilang.JsonSerializer',
]);
/** Pyleus brought its own; Storm's name for one is what pystorm's users took over. */
const msgpack = new Set([
  'com.yelp.pyleus.serializer.MessagePackSerializer',
  'backtype.storm.multilang.MessagePackSerializer',
  'org.apache.storm.multilang.MessagePackSerializer',
]);

/** What a class of `topology.multilang.serializer` writes; null for one that only Java can run. */
export function multilangSerializer(className: unknown): MultilangSerializer | null {
  if (className === null || className === undefined) return 'json';
  if (typeof className !== 'string') return null;
  if (json.has(className)) return 'json';
  return msgpack.has(className) ? 'msgpack' : null;
}
