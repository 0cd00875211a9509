export { Double, Int, isLong, Opaque } from './boxes.ts';
export { isPlainObject } from './plain.ts';
export { problemOf } from './problem.ts';
export { unwrap, unwrapAll } from './unwrap.ts';
