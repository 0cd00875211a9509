// Goal: when a tuple tree times out, the log and the counts name the component that did not ack.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, jars, waitFor } from '../harness/index.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

interface LiveTopology {
  readonly name: string;
  readonly components: readonly { readonly id: string; readonly timedOut: TimedOut | null }[];
}

interface TimedOut {
  readonly trees: number;
  readonly followed: number;
  readonly holders: Readonly<Record<string, number>>;
}

let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
});

afterAll(() => gearstorm.stop());

it.each([1, 2])(
  'names the bolt that forgets every hundredth tuple, with %i workers',
  async (workers) => {
    const name = `forgetful-${workers}`;
    await gearstorm.submit(jars.acme, 'acme.flow.ForgetfulTopology', name, String(workers));
    const told = await waitFor('trees to time out', 60_000, () => timedOutOf(name));
    expect(told.trees).toBeGreaterThanOrEqual(told.followed);
    expect(Object.keys(told.holders)).toEqual(['forgetful']);
    const line = await waitFor('the log to say so', 60_000, () => reportOf(name));
    expect(line).toMatch(
      /\d+ tuple trees of spout numbers timed out; of the \d+ that were followed these were not acked: \d+ by forgetful$/,
    );
    await gearstorm.killAndWait(name);
  },
);

async function timedOutOf(name: string): Promise<TimedOut | null> {
  const answer = await fetch(`${gearstorm.uiUrl}/api/gearstorm/live`);
  const { topologies } = (await answer.json()) as { readonly topologies: readonly LiveTopology[] };
  const components = topologies.find((each) => each.name === name)?.components ?? [];
  const told = components.find(({ id }) => id === 'numbers')?.timedOut ?? null;
  return told !== null && told.followed > 0 ? told : null;
}

async function reportOf(name: string): Promise<string | null> {
  const { stdout } = await gearstorm.run('logs', name);
  return stdout.split('\n').find((line) => line.includes('timed out')) ?? null;
}
