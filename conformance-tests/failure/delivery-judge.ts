import type { DeliveryRow } from './delivery-log.ts';

/** The four effects of a letter; without one of them it is not delivered. */
const places = ['left', 'right', 'shelf-0', 'shelf-1'];
const everywhere = (1 << places.length) - 1;
const source = 'letters';
const quotedMax = 20;

export interface Opening {
  readonly component: string;
  readonly task: number;
  readonly pid: number;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
}

/**
 * Judges what acme.delivery did by the rows of its sources and sinks alone: a sending is acked only
 * after it had every effect, and by the process that sent it; it ends once; nothing arrives twice
 * from one sending; no task runs in two processes at a time.
 */
export class DeliveryJudge {
  readonly openings: Opening[] = [];
  acks = 0;
  fails = 0;
  problemCount = 0;
  readonly #problems: string[] = [];
  /** Bits of the places where each unfinished sending had its effect. */
  readonly #sendings = new Map<string, number>();
  /** The same of failed ones, which may still be on their way. */
  readonly #failed = new Map<string, number>();
  readonly #undelivered = new Set<string>();
  readonly #pids = new Map<number, number>();
  readonly #sources = new Set<number>();
  readonly #ended = new Set<number>();

  /** The first problems, as sentences. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Letters that were sent and never acked: lost, unless they are sent again. */
  get undelivered(): number {
    return this.#undelivered.size;
  }

  /** True when the sources have nothing new and everything they sent was acked. */
  get isDone(): boolean {
    const { size } = this.#sources;
    return size > 0 && this.#ended.size === size && this.#undelivered.size === 0;
  }

  /** The processes that opened the tasks last. */
  get pids(): readonly number[] {
    return [...new Set(this.#pids.values())];
  }

  take(row: DeliveryRow): void {
    if (row.event === 'open') this.#onOpen(row);
    this.#checkProcess(row);
    const [token = ''] = row.facts;
    if (row.event === 'send') this.#onSend(row, token);
    if (row.event === 'effect') this.#onEffect(row, token);
    if (row.event === 'ack') this.#onAck(row, token);
    if (row.event === 'fail') this.#onFail(row, token);
    if (row.event === 'end') this.#ended.add(row.task);
  }

  #onOpen({ component, task, pid, facts }: DeliveryRow): void {
    this.openings.push({ component, task, pid, timeMs: Number(facts[0]) });
    this.#pids.set(task, pid);
    if (component !== source) return;
    this.#sources.add(task);
    this.#ended.delete(task);
  }

  #checkProcess({ component, task, pid, event }: DeliveryRow): void {
    const owner = this.#pids.get(task);
    if (owner === pid) return;
    this.#complain(`${component} ${task}: ${event} in process ${pid}, which is not ${owner}`);
  }

  #onSend({ task }: DeliveryRow, token: string): void {
    if (this.#sendings.has(token)) this.#complain(`${token}: sent twice`);
    this.#sendings.set(token, 0);
    this.#undelivered.add(letterOf(task, token));
  }

  #onEffect({ facts }: DeliveryRow, token: string): void {
    const place = facts[1] ?? '';
    const bit = 1 << places.indexOf(place);
    const book = this.#failed.has(token) ? this.#failed : this.#sendings;
    const bits = book.get(token);
    if (bits === undefined) {
      this.#complain(`${token}: at ${place} after its ack, or unsent`);
      return;
    }
    if ((bits & bit) !== 0) this.#complain(`${token}: twice at ${place}`);
    book.set(token, bits | bit);
  }

  #onAck({ task, pid }: DeliveryRow, token: string): void {
    this.acks++;
    this.#undelivered.delete(letterOf(task, token));
    const bits = this.#finish('acked', pid, token);
    const missing = places.filter((_, index) => ((bits >> index) & 1) === 0);
    if (bits !== everywhere) this.#complain(`${token}: acked before it was at ${missing.join()}`);
  }

  #onFail({ pid }: DeliveryRow, token: string): void {
    this.fails++;
    this.#failed.set(token, this.#finish('failed', pid, token));
  }

  /** The bits of a sending that ends now. */
  #finish(how: string, pid: number, token: string): number {
    const bits = this.#sendings.get(token);
    if (bits === undefined) this.#complain(`${token}: ${how} when it was finished already`);
    if (processOf(token) !== pid) this.#complain(`${token}: ${how} in process ${pid}`);
    this.#sendings.delete(token);
    return bits ?? everywhere;
  }

  #complain(problem: string): void {
    this.problemCount++;
    if (this.#problems.length < quotedMax) this.#problems.push(problem);
  }
}

/** A token is letter/task/process/number. */
function letterOf(task: number, token: string): string {
  return `${task}/${token.slice(0, token.indexOf('/'))}`;
}

function processOf(token: string): number {
  return Number(token.split('/')[2]);
}
