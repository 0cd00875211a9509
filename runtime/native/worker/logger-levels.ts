import type { Clock } from '../../clock.ts';
import type { ControlFrame } from '../../wire/index.ts';

type Levels = Extract<ControlFrame, { type: 'log-levels' }>['levels'];

/** From what tells most to what tells least. */
const order = ['ALL', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'OFF'];
const rootLogger = 'ROOT';

/** What control wants the loggers of this worker to tell; a name inherits from its beginning, up to a dot. */
export class LoggerLevels {
  readonly #clock: Pick<Clock, 'now'>;
  #levels: ReadonlyMap<string, Levels[number]> = new Map();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** In place of all that were set before. */
  set(levels: Levels): void {
    this.#levels = new Map(levels.map((each) => [each.logger, each]));
  }

  /** @param usual what the logger tells while nobody asks for anything else */
  admits(logger: string, level: string, usual: string): boolean {
    const wanted = this.#levels.size === 0 ? null : this.#inForce(logger);
    return order.indexOf(level) >= order.indexOf(wanted ?? usual);
  }

  #inForce(logger: string): string | null {
    for (let name = logger; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
      const level = this.#unexpired(name);
      if (level !== null) return level;
    }
    return this.#unexpired(rootLogger);
  }

  #unexpired(logger: string): string | null {
    const set = this.#levels.get(logger);
    if (set === undefined) return null;
    return set.untilMs === null || set.untilMs > this.#clock.now() ? set.level : null;
  }
}
