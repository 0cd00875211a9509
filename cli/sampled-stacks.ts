/** What `jfr print --json` says of samples, as far as it is read. */
export interface JfrEvents {
  readonly recording: {
    readonly events: readonly {
      readonly values: {
        readonly sampledThread: { readonly javaName: string | null } | null;
        readonly stackTrace: { readonly frames: readonly JfrFrame[] } | null;
      };
    }[];
  };
}

interface JfrFrame {
  readonly method: { readonly name: string; readonly type: { readonly name: string } } | null;
}

/** Thread, then methods from the outermost to the innermost, for each sample. */
export function sampledStacks({ recording }: JfrEvents): readonly (readonly string[])[] {
  return recording.events.flatMap(({ values: { sampledThread, stackTrace } }) => {
    if (stackTrace === null) return [];
    const methods = stackTrace.frames.map(nameOf).reverse();
    return [[sampledThread?.javaName ?? 'a thread without a name', ...methods]];
  });
}

/** `Class.method`; the package is left out, as it is long and seldom what one looks for. */
function nameOf({ method }: JfrFrame): string {
  if (method === null) return 'unknown';
  const className = method.type.name.split(/[./]/).at(-1) ?? '';
  return `${className}.${method.name}`;
}
