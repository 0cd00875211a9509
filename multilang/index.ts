export { type ModernizeLog, type ModernizeOptions, modernizePython } from './modernize.ts';
export { plannedShells, type ShellSite } from './planned-shells.ts';
export { type ShellBoltOptions, shellBolt } from './shell-bolt.ts';
export type { ShellLog, ShellOptions } from './shell-options.ts';
export { type ShellSpoutOptions, shellSpout } from './shell-spout.ts';
