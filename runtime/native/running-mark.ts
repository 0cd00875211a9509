/** Cells of the memory that a worker's watchdog looks at. */
export const markCells = { beats: 0, task: 1, length: 2 } as const;

/** Says which task's user code has the thread, for whoever has to find out why it is not given back. */
export class RunningMark {
  readonly #cells: Int32Array<ArrayBufferLike>;

  constructor(cells: Int32Array<ArrayBufferLike> = new Int32Array(markCells.length)) {
    this.#cells = cells;
  }

  enter(task: number): void {
    this.#cells[markCells.task] = task;
  }

  leave(): void {
    this.#cells[markCells.task] = 0;
  }
}
