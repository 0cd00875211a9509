import type { GlobalOptions } from './global-options.ts';
import type { ProductPaths } from './product-paths.ts';

/** What a command gets from the process that runs it. */
export interface CommandContext {
  readonly options: GlobalOptions;
  readonly paths: ProductPaths;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
  /** For a command that ends otherwise than by success (0) or an error (1). */
  setExitCode(code: number): void;
}
