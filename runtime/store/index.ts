export { LevelStore } from './level-store.ts';
export { MemoryStore } from './memory-store.ts';
export type { MetadataStore } from './metadata-store.ts';
export { RedisStore } from './redis-store.ts';
