export { type Difference, differences } from './differences.ts';
export { probeMain, readNotes } from './notes.ts';
