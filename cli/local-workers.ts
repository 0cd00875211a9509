import { join } from 'node:path';
import type { CommandContext } from './command-context.ts';
import { type ComponentCounts, countsLine, countsTable } from './component-counts.ts';
import { LocalEnd } from './local-end.ts';
import { type PrivateServe, withPrivateServe } from './private-serve.ts';
import { type LoadedProgram, submitForeground } from './submit-program.ts';

/** What the page is told of a topology, as far as it is shown here. */
interface Live {
  readonly problem: string | null;
  readonly components: readonly (Omit<ComponentCounts, 'component'> & { readonly id: string })[];
  /** Newest first. */
  readonly lastErrors: readonly {
    readonly component: string;
    readonly timeMs: number;
    readonly message: string;
  }[];
}

/**
 * Runs a topology with components in Java or other languages as a serve would, in worker processes,
 * and ends all of them with it.
 * @param ttlSecs from when it was accepted on; null until SIGINT or SIGTERM
 * @throws CommandError, InvalidTopologyError
 */
export async function runInWorkers(
  context: CommandContext,
  loaded: LoadedProgram,
  ttlSecs: number | null,
): Promise<void> {
  const { out } = context;
  const { name } = loaded.program.topology;
  const end = new LocalEnd();
  await withPrivateServe(context, async (serve) => {
    await submitForeground(context, serve.client, loaded);
    out.write(
      `running ${name} in worker processes, which log below ${join(serve.folder, 'logs')}; Ctrl-C ends it\n`,
    );
    const view = new View(context, serve);
    await end.showUntil(ttlSecs, () => view.show());
    await view.conclude();
  });
}

/** What the user sees of it, from the interface of the page. */
class View {
  readonly #context: CommandContext;
  readonly #url: string;
  #problem: string | null = null;
  #errorsUntilMs = 0;

  constructor(context: CommandContext, { facts }: PrivateServe) {
    this.#context = context;
    this.#url = `http://${facts.ui.host}:${facts.ui.port}/api/gearstorm/live`;
  }

  async show(): Promise<void> {
    const live = await this.#read();
    this.#context.out.write(countsLine(rowsOf(live)));
    this.#tellErrors(live);
  }

  async conclude(): Promise<void> {
    const live = await this.#read();
    this.#tellErrors(live);
    this.#context.out.write(countsTable(rowsOf(live)));
  }

  async #read(): Promise<Live> {
    const response = await fetch(this.#url);
    const { topologies } = (await response.json()) as { readonly topologies: readonly Live[] };
    return topologies[0] ?? { problem: null, components: [], lastErrors: [] };
  }

  /** Each once. */
  #tellErrors({ problem, lastErrors }: Live): void {
    const { err } = this.#context;
    if (problem !== null && problem !== this.#problem) err.write(`${problem}\n`);
    this.#problem = problem;
    const fresh = lastErrors.filter(({ timeMs }) => timeMs > this.#errorsUntilMs);
    for (const { component, message } of fresh.toReversed())
      err.write(`${component}: ${message}\n`);
    this.#errorsUntilMs = Math.max(this.#errorsUntilMs, ...fresh.map(({ timeMs }) => timeMs));
  }
}

function rowsOf({ components }: Live): readonly ComponentCounts[] {
  return components.map(({ id, ...counts }) => ({ component: id, ...counts }));
}
