/** A method with those that it called; `samples` counts itself and all of them. */
export interface Flame {
  readonly name: string;
  readonly samples: number;
  readonly calls: readonly Flame[];
}

/** Calls seen less often than this share are left out: nobody could see them. */
const shareLeast = 0.003;

interface Growing {
  samples: number;
  readonly calls: Map<string, Growing>;
}

/** Stacks, outermost first, as one tree; the widest calls first. */
export function flameOf(stacks: readonly (readonly string[])[]): Flame {
  const root: Growing = { samples: 0, calls: new Map() };
  for (const stack of stacks) {
    root.samples += 1;
    let at = root;
    for (const name of stack) {
      const call = at.calls.get(name) ?? { samples: 0, calls: new Map() };
      at.calls.set(name, call);
      call.samples += 1;
      at = call;
    }
  }
  return finished('all', root, root.samples * shareLeast);
}

function finished(name: string, { samples, calls }: Growing, least: number): Flame {
  const seen = [...calls].filter(([, call]) => call.samples >= least);
  return {
    ...{ name, samples },
    calls: seen
      .map(([called, call]) => finished(called, call, least))
      .sort((a, b) => b.samples - a.samples),
  };
}
