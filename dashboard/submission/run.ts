import { RequestError } from '../../storm-api/http/index.ts';
import type { StormId, SubmitRequest, TopologyService } from '../../storm-api/index.ts';
import type { EventStream } from '../event-stream.ts';
import { graphMessage } from '../live/graph-message.ts';
import type { PreviewedTopology, RunEnd } from './submission-answers.ts';
import type { RunListener, RunningProgram, Sizes } from './submitter.ts';

const outputLengthMax = 256 * 1024;

const forgotten: RunEnd = {
  code: null,
  problem:
    'This run is forgotten: serve was started anew, or others came after it. What it started is in the list of topologies.',
  started: [],
};

/** For a page that comes back to a run which nobody has any more: a browser cannot read a refusal. */
export function tellForgotten(stream: EventStream): void {
  tellEnd(stream, forgotten);
}

function tellEnd(stream: EventStream, end: RunEnd): void {
  stream.send('end', end);
  stream.send('gone', {});
  stream.end();
}

/** One run of a user's program: what it printed and submitted, for whoever looks. */
export class Run implements RunListener {
  #output = '';
  readonly #previews: PreviewedTopology[] = [];
  readonly #kept: SubmitRequest[] = [];
  readonly #started: { readonly id: string; readonly name: string }[] = [];
  readonly #watchers = new Set<EventStream>();
  #end: RunEnd | null = null;
  #program: RunningProgram | null = null;

  /** Its process, once it runs. */
  set program(program: RunningProgram) {
    this.#program = program;
  }

  get isOver(): boolean {
    return this.#end !== null;
  }

  onOutput(text: string): void {
    this.#output = (this.#output + text).slice(-outputLengthMax);
    this.#tell('output', { text });
  }

  onPreview(request: SubmitRequest, sizes: Sizes): void {
    const graph = graphMessage(request.topology.name, request.topology);
    const preview = { graph, ...sizes };
    this.#kept.push(request);
    this.#previews.push(preview);
    this.#tell('preview', preview);
  }

  onStarted(id: StormId, name: string): void {
    this.#started.push({ id, name });
  }

  onEnd(code: number | null, problem: string | null): void {
    this.#end = { code, problem, started: this.#started };
    this.#tell('end', this.#end);
    this.#tell('gone', {});
    for (const stream of this.#watchers) stream.end();
  }

  /** Everything so far, then what comes. @returns what ends it */
  watch(stream: EventStream): () => void {
    stream.send('begin', {});
    if (this.#output !== '') stream.send('output', { text: this.#output });
    for (const preview of this.#previews) stream.send('preview', preview);
    if (this.#end === null) {
      this.#watchers.add(stream);
    } else {
      tellEnd(stream, this.#end);
    }
    return () => this.#watchers.delete(stream);
  }

  stop(): void {
    this.#program?.stop();
  }

  /** Starts what it submitted in a preview, in the order in which it did. @throws RequestError, what `submit` throws */
  async start(service: TopologyService): Promise<RunEnd['started']> {
    if (this.#kept.length === 0) throw new RequestError(409, 'there is nothing to start');
    const started = [];
    for (let request = this.#kept[0]; request !== undefined; request = this.#kept[0]) {
      const id = await service.submit(request);
      started.push({ id, name: request.topology.name });
      this.#kept.shift();
    }
    return started;
  }

  async discard(): Promise<void> {
    this.stop();
    for (const stream of this.#watchers) stream.end();
    await this.#program?.discard();
  }

  #tell(event: string, message: object): void {
    for (const stream of this.#watchers) stream.send(event, message);
  }
}
