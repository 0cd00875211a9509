import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

/** The port that a folder's ZooKeeper had last: workers and saved topologies still name it. */
export class RememberedPort {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** null when there was none. */
  read(): number | null {
    try {
      const port = Number(readFileSync(this.#file, 'utf8'));
      return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
    } catch {
      return null;
    }
  }

  async write(port: number): Promise<void> {
    if (this.read() !== port) await writeFile(this.#file, `${port}\n`, { mode: 0o600 });
  }
}
