import { open } from 'node:fs/promises';

/** One thing that a task of acme.delivery did. */
export interface DeliveryRow {
  readonly component: string;
  readonly task: number;
  /** Process id of the worker that the task ran in. */
  readonly pid: number;
  readonly event: string;
  readonly facts: readonly string[];
}

const rowEnd = '\t.';
const chunkBytes = 1024 * 1024;

/** Cuts what was appended to the log into rows; one cut short by its writer's death is left out. */
export class RowReader {
  #rest = '';

  read(text: string): readonly DeliveryRow[] {
    const lines = (this.#rest + text).split('\n');
    const last = lines.at(-1) ?? '';
    // no line feed follows the newest row until there is a newer one
    this.#rest = last.endsWith(rowEnd) ? '' : (lines.pop() ?? '');
    return lines.filter((line) => line.endsWith(rowEnd)).map(parseRow);
  }
}

/** Reads a log that grows. */
export class DeliveryLog {
  readonly #path: string;
  readonly #reader = new RowReader();
  #bytesRead = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** The rows that were written since the last call and before this one, some at a time. */
  async *newRows(): AsyncGenerator<readonly DeliveryRow[]> {
    const file = await open(this.#path, 'r');
    try {
      const { size } = await file.stat();
      const chunk = Buffer.alloc(chunkBytes);
      while (this.#bytesRead < size) {
        const { bytesRead } = await file.read({ buffer: chunk, position: this.#bytesRead });
        this.#bytesRead += bytesRead;
        yield this.#reader.read(chunk.toString('latin1', 0, bytesRead));
      }
    } finally {
      await file.close();
    }
  }
}

function parseRow(line: string): DeliveryRow {
  const [component = '', task = '', pid = '', event = '', ...facts] = line.split('\t');
  return { component, task: Number(task), pid: Number(pid), event, facts: facts.slice(0, -1) };
}
