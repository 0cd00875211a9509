import { appendFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type ComponentId,
  debuggingOf,
  eventLogName,
  type PeekedTuple,
  type StormId,
} from '../../storm-api/index.ts';
import type { Engine } from '../engines/index.ts';
import type { Logger } from '../logger.ts';
import { eventLine } from './event-line.ts';
import type { LiveTopology } from './live-topology.ts';

/** Of one worker's events; one older part is kept. */
const eventsBytesMax = 10 * 1024 * 1024;

export interface EventLogsOptions {
  readonly engine: Pick<Engine, 'peek' | 'workers'>;
  readonly logger: Logger;
  /** From 0 to 1: decides which tuples are written. */
  readonly random: () => number;
}

/**
 * Storm's event logs. What is looked at is bounded as for whoever peeks, a thousand tuples a second of
 * each component in each worker; of these a share is written.
 */
export class EventLogs {
  readonly #options: EventLogsOptions;
  readonly #looks = new Map<StormId, readonly Look[]>();

  constructor(options: EventLogsOptions) {
    this.#options = options;
  }

  /** Writes what its options say from now on; to be told of new options and of new workers. */
  follow(topology: LiveTopology): void {
    this.forget(topology.id);
    const { plan } = topology.deployment;
    if (plan.workers.length === 0) return;
    const looks = plan.processors
      .filter(({ kind }) => kind !== 'system')
      .flatMap(({ id }) => {
        const options = debuggingOf(topology.record.debugging, id);
        return options?.enabled === true ? [{ id, share: options.samplingPercent / 100 }] : [];
      })
      .map(({ id, share }) => this.#look(topology, id, share));
    this.#looks.set(topology.id, looks);
  }

  forget(id: StormId): void {
    for (const look of this.#looks.get(id) ?? []) look.stop();
    this.#looks.delete(id);
  }

  #look(topology: LiveTopology, component: ComponentId, share: number): Look {
    const look = new Look();
    const { engine, logger, random } = this.#options;
    const onFailure = (error: unknown) => {
      look.stop();
      logger.warn({ err: error, topology: topology.id, component }, 'events not logged');
    };
    const onTuples = (tuples: readonly PeekedTuple[]) => {
      if (look.isOver) return;
      try {
        this.#write(
          topology,
          component,
          tuples.filter(() => random() < share),
        );
      } catch (error) {
        onFailure(error);
      }
    };
    const request = { component, stream: null, all: false };
    engine
      .peek(topology.id, request, { onTuples, onEnd: () => {} })
      .then((stop) => look.onStarted(stop), onFailure);
    return look;
  }

  /** Small enough to be written on the spot. */
  #write(
    { id, deployment: { plan } }: LiveTopology,
    component: ComponentId,
    tuples: readonly PeekedTuple[],
  ): void {
    const lines = new Map<number | undefined, string>();
    for (const tuple of tuples) {
      const executor = plan.executors.find(
        ({ firstTask, lastTask }) => firstTask <= tuple.task && tuple.task <= lastTask,
      );
      const port = plan.workers[executor?.worker ?? -1]?.port;
      lines.set(port, (lines.get(port) ?? '') + eventLine(component, tuple));
    }
    for (const { port, logFile } of this.#options.engine.workers(id)) {
      const text = lines.get(port);
      if (text !== undefined) append(join(dirname(logFile), eventLogName), text);
      lines.delete(port);
    }
  }
}

/** May be stopped before the workers have begun. */
class Look {
  isOver = false;
  #stop: () => void = () => {};

  onStarted(stop: () => void): void {
    this.#stop = stop;
    if (this.isOver) stop();
  }

  stop(): void {
    this.isOver = true;
    this.#stop();
  }
}

function append(file: string, text: string): void {
  appendFileSync(file, text, { mode: 0o600 });
  if (statSync(file).size > eventsBytesMax) renameSync(file, `${file}.1`);
}
