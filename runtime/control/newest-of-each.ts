/** How many are kept. */
export interface KeptLimits {
  readonly ofEach: number;
  readonly together: number;
}

interface Kept<Item> {
  /** Grows with every put. */
  readonly sequence: number;
  readonly item: Item;
}

/**
 * Items of components, each by its key. Who brings many pushes out its own oldest; when all of them
 * together are too many, the oldest of whoever has most goes, so that the newest of each stays longest.
 */
export class NewestOfEach<Key, Item> {
  readonly #limits: KeptLimits;
  /** The component that was put to last is the last one, and of its items the one that was put last. */
  readonly #byComponent = new Map<string, Map<Key, Kept<Item>>>();
  #sequence = 0;
  #size = 0;
  /** Made when it is asked for. */
  #newestFirst: readonly Item[] | null = null;

  constructor(limits: KeptLimits) {
    this.#limits = limits;
  }

  get(component: string, key: Key): Item | null {
    return this.#byComponent.get(component)?.get(key)?.item ?? null;
  }

  /** Replaces what the component has by this key. */
  put(component: string, key: Key, item: Item): void {
    this.#newestFirst = null;
    const own = this.#byComponent.get(component) ?? new Map<Key, Kept<Item>>();
    this.#byComponent.delete(component);
    this.#byComponent.set(component, own);
    if (!own.delete(key)) this.#size++;
    own.set(key, { sequence: ++this.#sequence, item });
    if (own.size > this.#limits.ofEach) this.#removeOldest(component);
    else if (this.#size > this.#limits.together) this.#removeOldest(this.#fullest());
  }

  /** The same list until something is put. */
  get newestFirst(): readonly Item[] {
    this.#newestFirst ??= [...this.#byComponent.values()]
      .flatMap((own) => [...own.values()])
      .sort((one, other) => other.sequence - one.sequence)
      .map(({ item }) => item);
    return this.#newestFirst;
  }

  /** Of several the one that was put to longest ago. */
  #fullest(): string {
    let fullest = { component: '', size: 0 };
    for (const [component, { size }] of this.#byComponent) {
      if (size > fullest.size) fullest = { component, size };
    }
    return fullest.component;
  }

  #removeOldest(component: string): void {
    const own = this.#byComponent.get(component);
    const [oldest] = own?.keys() ?? [];
    if (own === undefined || oldest === undefined) return;
    own.delete(oldest);
    if (own.size === 0) this.#byComponent.delete(component);
    this.#size--;
  }
}
