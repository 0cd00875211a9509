import { Gearstorm, type GearstormOptions } from '../harness/index.ts';

/** Something with processes of its own. */
interface Instance {
  stop(): Promise<void>;
}

const running = new Set<Instance>();

/** Work with a `gearstorm serve` of its own, which ends with it. */
export async function withGearstorm(
  options: GearstormOptions,
  work: (gearstorm: Gearstorm) => Promise<void>,
): Promise<void> {
  await untilStopped(await Gearstorm.start(options), work);
}

/** Work with something that ends with it, or when all is stopped. */
export async function untilStopped<Some extends Instance>(
  instance: Some,
  work: (instance: Some) => Promise<void>,
): Promise<void> {
  running.add(instance);
  try {
    await work(instance);
  } finally {
    running.delete(instance);
    await instance.stop();
  }
}

/** Ends what runs now, with everything it started. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((instance) => instance.stop()));
}
