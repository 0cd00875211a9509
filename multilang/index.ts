export { type ModernizeLog, type ModernizeOptions, modernizePython } from './modernize.ts';
