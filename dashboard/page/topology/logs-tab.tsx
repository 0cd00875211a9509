import { useEffect, useRef, useState } from 'preact/hooks';
import type {
  FoundLine,
  LogLine,
  LogSearchAnswer,
  LogWindowAnswer,
} from '../../logs/log-answers.ts';
import { getJson, topologyPath } from '../api.ts';
import { goTo } from '../router.ts';
import { useAnswer } from '../use-answer.ts';
import { useLines } from '../use-lines.ts';
import { Empty } from '../widgets/empty.tsx';
import { Problem } from '../widgets/problem.tsx';
import { LogLevels } from './log-levels.tsx';
import type { TopologyView } from './topology-view.ts';

const linesMax = 2000;
/** What the server looks for at most. */
const textLengthMax = 2000;

/** Which lines are shown; null: of all. */
interface Wanted {
  readonly port: string | null;
  readonly component: string | null;
}

interface FollowLine extends Partial<LogLine> {
  readonly end?: string;
}

/** The logs of all workers: as they grow, or what is found in them. */
export function LogsTab({ view }: { readonly view: TopologyView }) {
  const { now, query } = view;
  const find = query.get('find') ?? '';
  const wanted = { port: query.get('port'), component: query.get('component') };
  const ports = [...new Set(now.workerList.map((worker) => worker.port))];
  const show = (change: Readonly<Record<string, string>>) => {
    const next = { find, port: wanted.port ?? '', component: wanted.component ?? '', ...change };
    const kept = Object.entries(next).filter(([, value]) => value !== '');
    goTo(['topology', now.id, 'logs'], Object.fromEntries(kept));
  };
  return (
    <section class="card" aria-label="Logs">
      <form
        class="bar"
        onSubmit={(event) => {
          event.preventDefault();
          show({ find: String(new FormData(event.currentTarget).get('find') ?? '') });
        }}
      >
        <Choice
          title="Worker"
          among={ports.map(String)}
          chosen={wanted.port}
          choose={(port) => show({ port })}
        />
        <Choice
          title="Component"
          among={now.components.map(({ id }) => id)}
          chosen={wanted.component}
          choose={(component) => show({ component })}
        />
        <label class="grow">
          Search in the logs
          <input
            key={find}
            name="find"
            type="search"
            defaultValue={find}
            placeholder="any text"
            maxLength={textLengthMax}
          />
        </label>
        <button type="submit">Search</button>
        {find === '' ? null : (
          <button type="button" class="quiet" onClick={() => show({ find: '' })}>
            Follow instead
          </button>
        )}
      </form>
      {find === '' ? (
        <Following key={wanted.port} id={now.id} wanted={wanted} />
      ) : (
        <Found key={`${wanted.port} ${find}`} id={now.id} wanted={wanted} text={find} />
      )}
      <LogLevels id={now.id} />
    </section>
  );
}

function Choice(props: {
  readonly title: string;
  readonly among: readonly string[];
  readonly chosen: string | null;
  /** Empty: all of them. */
  readonly choose: (each: string) => void;
}) {
  const { title, among, chosen, choose } = props;
  return (
    <label>
      {title}
      <select value={chosen ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">all</option>
        {among.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}

function Following(props: { readonly id: string; readonly wanted: Wanted }) {
  const { id, wanted } = props;
  const { port, component } = wanted;
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  const path = topologyPath(id, 'logs?follow=true&lines=200');
  const problem = useLines<FollowLine>(path, (batch, isFirst) => {
    const come = batch.filter(
      (each): each is LogLine =>
        each.line !== undefined && (port === null || String(each.port) === port),
    );
    // Each connection begins with the newest lines anew.
    if (isFirst) setLines(come);
    else if (come.length > 0) setLines((before) => [...before, ...come].slice(-linesMax));
  });
  useEffect(() => {
    const element = box.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [lines, component]);
  const shown = lines.filter((each) => component === null || each.component === component);
  return (
    <>
      {problem === null ? null : <p class="note">{problem}</p>}
      {shown.length === 0 ? (
        <Empty title="Nothing logged yet">{amongWhat(wanted, 'the newest lines')}</Empty>
      ) : null}
      <pre
        class="log"
        ref={box}
        tabIndex={0}
        onScroll={({ currentTarget: it }) => {
          isAtEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < 40;
        }}
      >
        {shown.map((each, index) => (
          <LineText key={index} line={each} />
        ))}
      </pre>
    </>
  );
}

function LineText({ line: { port, line, level } }: { readonly line: LogLine }) {
  return (
    <div class={classOf(level)}>
      <span class="port">{port}</span> {line}
    </div>
  );
}

function classOf(level: string | null): string {
  if (level === 'ERROR' || level === 'FATAL') return 'level-error';
  return level === 'WARN' ? 'level-warn' : '';
}

function Found(props: { readonly id: string; readonly wanted: Wanted; readonly text: string }) {
  const { id, text } = props;
  const { port, component } = props.wanted;
  const words = new URLSearchParams({ text, ...(port === null ? {} : { port }) });
  const { answer, problem } = useAnswer<LogSearchAnswer>(topologyPath(id, `logs/search?${words}`));
  const [chosen, open] = useState<FoundLine | null>(null);
  if (problem !== null) return <Problem sentence={problem} />;
  if (answer === null) return <Empty title="Searching" />;
  const lines = answer.lines.filter((each) => component === null || each.component === component);
  const opened = chosen ?? lines.at(-1) ?? null;
  return (
    <>
      {answer.complete ? null : (
        <p class="hint">There is more: only the newest of each worker are looked at.</p>
      )}
      {lines.length === 0 ? (
        <Empty title="Not found">
          {amongWhat(props.wanted, 'what has this text in the logs')} Upper and lower case count,
          and nothing is a wildcard.
        </Empty>
      ) : null}
      <pre class="log found" tabIndex={0}>
        {lines.map((each) => (
          <button
            type="button"
            key={`${each.port} ${each.file} ${each.offset}`}
            class={`link line ${classOf(each.level)} ${each === opened ? 'opened' : ''}`}
            onClick={() => open(each)}
          >
            <span class="port">{each.port}</span> {each.line}
          </button>
        ))}
      </pre>
      {opened === null ? null : <Around id={id} line={opened} />}
    </>
  );
}

/** Where one looked in vain. */
function amongWhat({ port, component }: Wanted, lines: string): string {
  const worker = port === null ? 'all workers' : `worker ${port}`;
  const of = component === null ? '' : `, and of them those of ${component}`;
  return `Looked at: ${lines} of ${worker}${of}.`;
}

/** What stands before and after a line that was found. */
function Around({ id, line }: { readonly id: string; readonly line: FoundLine }) {
  const [window, setWindow] = useState<LogWindowAnswer | null>(null);
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { port, file, offset } = line;
    const words = new URLSearchParams({ port: String(port), file, offset: String(offset) });
    getJson<LogWindowAnswer>(topologyPath(id, `logs/window?${words}`)).then(setWindow, () =>
      setWindow({ before: [], line: line.line, after: [] }),
    );
  }, [id, line]);
  useEffect(() => mark.current?.scrollIntoView({ block: 'nearest' }), [window]);
  if (window === null) return null;
  return (
    <>
      <h2>
        Around it, in {line.file} of worker {line.port}
      </h2>
      <pre class="log" tabIndex={0}>
        {window.before.join('\n')}
        <div class="mark" ref={mark}>
          {window.line}
        </div>
        {window.after.join('\n')}
      </pre>
    </>
  );
}
