import { type Gearstorm, waitFor } from '../harness/index.ts';

const waitMs = 60_000;
const spout = 'messages';

type Partitions = Readonly<
  Record<string, { readonly lag: number; readonly logHeadOffset: number } | undefined>
>;

/** What is known of a topology's spout when nothing is left that it has not done. */
export interface LagAtEnd {
  readonly partitions: number;
  /** Messages that are in them. */
  readonly written: number;
}

/** Waits until REST says that the spout of a topology has done all `written` messages of a topic. */
export async function lagAtEnd(
  gearstorm: Gearstorm,
  {
    name,
    topic,
    written,
  }: { readonly name: string; readonly topic: string; readonly written: number },
): Promise<LagAtEnd> {
  return waitFor(`${name} to be at the end`, waitMs, async () => {
    const answer = await fetch(`${gearstorm.uiUrl}/api/v1/topology/${name}/lag`);
    const spouts = (await answer.json()) as Record<
      string,
      { readonly spoutLagResult: Readonly<Record<string, Partitions>> }
    >;
    const rows = Object.values(spouts[spout]?.spoutLagResult[topic] ?? {}).flatMap(
      (row) => row ?? [],
    );
    const seen = rows.reduce((sum, { logHeadOffset }) => sum + logHeadOffset, 0);
    const isAtEnd = seen >= written && rows.every(({ lag }) => lag === 0);
    return isAtEnd && { partitions: rows.length, written: seen };
  });
}
