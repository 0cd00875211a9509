import type { Clock } from '../../runtime/native/index.ts';
import type { KafkaReader, TopicState } from '../driver/kafka-driver.ts';
import type { Complaints } from './complaints.ts';
import { isOwn, type TaskShare } from './partition-share.ts';
import { PartitionWindow } from './partition-window.ts';
import type { SourceSettings } from './spout-options.ts';
import { startOffsets } from './start-offsets.ts';

/** After something that could not be had. */
const soonMs = 1_000;

export interface TopicWatchOptions {
  readonly settings: SourceSettings;
  readonly share: Omit<TaskShare, 'manyTopics'>;
  readonly stormId: string;
}

/** Keeps the list of this task's partitions true: what is there, who leads it, where it begins. */
export class TopicWatch {
  readonly #reader: KafkaReader;
  readonly #clock: Clock;
  readonly #complaints: Complaints;
  readonly #options: TopicWatchOptions;
  readonly #share: TaskShare;
  readonly #onChange: (windows: readonly PartitionWindow[]) => void;
  #windows: readonly PartitionWindow[] = [];
  /** What was there at the first look, by name: what is new later is read from its begin. */
  #firsts: ReadonlySet<string> | null = null;
  #isClosed = false;
  #looking = false;
  #callOff = () => {};

  constructor(
    tools: { readonly reader: KafkaReader; readonly clock: Clock; readonly complaints: Complaints },
    options: TopicWatchOptions,
    onChange: (windows: readonly PartitionWindow[]) => void,
  ) {
    this.#reader = tools.reader;
    this.#clock = tools.clock;
    this.#complaints = tools.complaints;
    this.#options = options;
    this.#onChange = onChange;
    const { names, patterns } = options.settings;
    this.#share = {
      ...options.share,
      manyTopics: names.length + patterns.length > 1 || patterns.length > 0,
    };
  }

  /** Looks now, and again from time to time. */
  async look(): Promise<void> {
    if (this.#looking || this.#isClosed) return;
    this.#looking = true;
    this.#callOff();
    let againMs = this.#options.settings.refreshMs;
    try {
      if (!(await this.#refresh())) againMs = Math.min(soonMs, againMs);
    } catch (error) {
      againMs = Math.min(soonMs, againMs);
      const why = error instanceof Error ? error.message : String(error);
      this.#complaints.ongoing('look', `${this.#topicsText()}: ${why}`);
    }
    this.#looking = false;
    if (!this.#isClosed) this.#callOff = this.#clock.after(againMs, () => void this.look());
  }

  /** Something is not as it was: looks before long. */
  lookSoon(): void {
    if (this.#looking || this.#isClosed) return;
    this.#callOff();
    this.#callOff = this.#clock.after(soonMs / 10, () => void this.look());
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff();
  }

  /** False when something is missing that may come soon. */
  async #refresh(): Promise<boolean> {
    const names = await this.#topicNames();
    const states = await this.#reader.topicStates(names);
    this.#complaints.over('look');
    const isComplete = this.#complainOfMissing(states);
    const own = states.flatMap(({ topic, partitions }) =>
      partitions.map((each) => ({ topic, ...each })).filter((each) => isOwn(each, this.#share)),
    );
    if (states.some(({ partitions }) => partitions.length > 0)) this.#firsts ??= namesOf(own);
    await this.#take(states, own);
    return isComplete;
  }

  async #topicNames(): Promise<readonly string[]> {
    const { names, patterns } = this.#options.settings;
    if (patterns.length === 0) return names;
    const all = await this.#reader.topicNames();
    const found = all.filter((topic) => patterns.some((pattern) => isWhole(pattern, topic)));
    if (found.length === 0) {
      this.#complaints.ongoing('pattern', `no topic matches ${patterns.join(' or ')}`);
    } else this.#complaints.over('pattern');
    return [...new Set([...names, ...found])].sort();
  }

  #complainOfMissing(states: readonly TopicState[]): boolean {
    for (const { topic, problem } of states) {
      if (problem === null) this.#complaints.over(`topic ${topic}`);
      else this.#complaints.ongoing(`topic ${topic}`, problem);
    }
    return states.every(({ problem }) => problem === null);
  }

  async #take(states: readonly TopicState[], own: readonly Led[]): Promise<void> {
    const kept = this.#windows.filter((window) => !isGone(window, states));
    for (const window of kept) {
      window.leader = own.find((each) => isSame(window, each))?.leader ?? window.leader;
    }
    const fresh = own.filter(
      (each) => each.leader >= 0 && !kept.some((window) => isSame(window, each)),
    );
    if (fresh.length === 0 && kept.length === this.#windows.length) {
      this.#onChange(this.#windows);
      return;
    }
    const { settings, stormId } = this.#options;
    const firsts = this.#firsts ?? new Set<string>();
    const start = { settings, stormId, isFirst: (each: Place) => firsts.has(nameOf(each)) };
    const offsets = fresh.length === 0 ? [] : await startOffsets(this.#reader, fresh, start);
    const added = fresh.map(
      (each, index) => new PartitionWindow(each, each.leader, offsets[index] ?? 0),
    );
    if (this.#isClosed) return;
    this.#windows = [...kept, ...added];
    this.#onChange(this.#windows);
  }

  #topicsText(): string {
    const { names, patterns } = this.#options.settings;
    return `topics ${[...names, ...patterns].join(', ')}`;
  }
}

interface Place {
  readonly topic: string;
  readonly partition: number;
}

interface Led extends Place {
  readonly leader: number;
}

function namesOf(places: readonly Place[]): ReadonlySet<string> {
  return new Set(places.map(nameOf));
}

function nameOf({ topic, partition }: Place): string {
  return `${topic}/${partition}`;
}

/** Not for a topic that only cannot be had now: what is under way of it would be emitted again. */
function isGone({ topic, partition }: Place, states: readonly TopicState[]): boolean {
  const state = states.find((each) => each.topic === topic);
  if (state === undefined || state.isGone) return true;
  const { partitions } = state;
  return partitions.length > 0 && !partitions.some((each) => each.partition === partition);
}

function isSame(one: Place, other: Place): boolean {
  return one.topic === other.topic && one.partition === other.partition;
}

function isWhole(pattern: RegExp, topic: string): boolean {
  const found = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).exec(topic);
  return found !== null && found[0].length === topic.length;
}
