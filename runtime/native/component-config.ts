import type { Fabric } from './fabric.ts';

/** The configuration that one component's executors see. */
export class ComponentConfig {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(fabric: Fabric, component: string) {
    const json = fabric.processors.get(component)?.configJson ?? '{}';
    this.#values = new Map(Object.entries(JSON.parse(json) as Record<string, unknown>));
  }

  get(key: string): unknown {
    return this.#values.get(key);
  }

  number(key: string, fallback: number): number {
    const value = this.#values.get(key);
    return typeof value === 'number' ? value : fallback;
  }

  /** null when it is absent or no number. */
  numberOrNull(key: string): number | null {
    const value = this.#values.get(key);
    return typeof value === 'number' ? value : null;
  }
}
