/** Which topology holds which worker slots. */
export class SlotTable {
  readonly #ports: readonly number[];
  /** By the name of the topology. */
  readonly #held = new Map<string, readonly number[]>();

  /** @param ports supervisor.slots.ports, the first to be used first */
  constructor(ports: readonly number[]) {
    this.#ports = ports;
  }

  get total(): number {
    return this.#ports.length;
  }

  get used(): number {
    const used = this.#heldByOthersThan(null);
    return this.#ports.filter((port) => used.has(port)).length;
  }

  /** What nobody holds, and what the topology holds itself. */
  availableTo(name: string): readonly number[] {
    const taken = this.#heldByOthersThan(name);
    return this.#ports.filter((port) => !taken.has(port));
  }

  holdsAny(name: string): boolean {
    return (this.#held.get(name) ?? []).length > 0;
  }

  /** Gives a topology these slots in place of those that it held. */
  hold(name: string, ports: readonly number[]): void {
    this.#held.set(name, ports);
  }

  release(name: string): void {
    this.#held.delete(name);
  }

  #heldByOthersThan(name: string | null): ReadonlySet<number> {
    const others = [...this.#held].filter(([holder]) => holder !== name);
    return new Set(others.flatMap(([, ports]) => ports));
  }
}
