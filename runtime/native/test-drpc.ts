import type { DrpcPort, NativeTopology } from '../../storm-api/builder/index.ts';
import { componentId, type DrpcRequest, InvalidTopologyError } from '../../storm-api/index.ts';
import type { TestInputs } from './test-inputs.ts';

/** What became of a request of a test; null when nobody answered it. */
export type TestAnswer = { readonly result: string } | { readonly failure: string } | null;

/** A request of a test, with its answer. */
interface Call extends DrpcRequest {
  answer: TestAnswer;
}

/** DRPC with the callers of a test: the inputs of spouts that fetch requests. */
export class TestDrpc implements DrpcPort {
  readonly #calls = new Map<string, readonly Call[]>();
  readonly #waiting = new Map<string, Call[]>();

  /** @throws InvalidTopologyError for a request without args */
  constructor(program: NativeTopology, inputs: TestInputs) {
    for (const [id, requests] of Object.entries(inputs)) {
      const [name] = drpcFunctionsOf(program, id);
      if (name === undefined) continue;
      const calls = requests.map((request, index) => newCall(id, index, request));
      this.#calls.set(id, calls);
      this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), ...calls]);
    }
  }

  async fetch(name: string): Promise<DrpcRequest | null> {
    return this.#waiting.get(name)?.shift() ?? null;
  }

  result(id: string, result: string): void {
    this.#answer(id, { result });
  }

  fail(id: string, failure = 'Request failed'): void {
    this.#answer(id, { failure });
  }

  /** In the order of the spout's inputs. */
  answers(spout: string): readonly TestAnswer[] {
    return (this.#calls.get(spout) ?? []).map(({ answer }) => answer);
  }

  #answer(id: string, answer: TestAnswer): void {
    const call = [...this.#calls.values()].flat().find((each) => each.id === id);
    if (call !== undefined) call.answer ??= answer;
  }
}

/** Functions whose requests the component fetches. */
export function drpcFunctionsOf({ components }: NativeTopology, id: string): readonly string[] {
  const component = components.get(componentId(id));
  return component?.kind === 'spout' ? (component.definition.drpcFunctions ?? []) : [];
}

function newCall(spout: string, index: number, { args }: Readonly<Record<string, unknown>>): Call {
  if (typeof args === 'string') return { id: `${spout}-${index}`, args, answer: null };
  throw new InvalidTopologyError(`${spout} gets DRPC requests: its inputs are like { args: "a" }`);
}
