import { Gearstorm, type GearstormOptions } from '../harness/index.ts';

const running = new Set<Gearstorm>();

/** Work with a `gearstorm serve` of its own, which ends with it. */
export async function withGearstorm(
  options: GearstormOptions,
  work: (gearstorm: Gearstorm) => Promise<void>,
): Promise<void> {
  const gearstorm = await Gearstorm.start(options);
  running.add(gearstorm);
  try {
    await work(gearstorm);
  } finally {
    running.delete(gearstorm);
    await gearstorm.stop();
  }
}

/** Ends what runs now, with everything it started. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((gearstorm) => gearstorm.stop()));
}
