import { useEffect, useRef, useState } from 'preact/hooks';
import type { FoundLine, LogSearchAnswer, LogWindowAnswer } from '../../logs/log-answers.ts';
import { getJson, readLines, sentenceOf, topologyPath } from '../api.ts';
import { goTo } from '../router.ts';
import { useAnswer } from '../use-answer.ts';
import { Empty } from '../widgets/empty.tsx';
import { Problem } from '../widgets/problem.tsx';
import { LogLevels } from './log-levels.tsx';
import type { TopologyView } from './topology-view.ts';

const linesMax = 2000;

interface Line {
  readonly port: number;
  readonly line: string;
}

/** The logs of all workers: as they grow, or what is found in them. */
export function LogsTab({ view }: { readonly view: TopologyView }) {
  const { now, query } = view;
  const find = query.get('find') ?? '';
  const port = query.get('port');
  const ports = [...new Set(now.workerList.map((worker) => worker.port))];
  const show = (change: Readonly<Record<string, string>>) => {
    const next = { find, port: port ?? '', ...change };
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
        <label>
          Worker
          <select
            value={port ?? ''}
            onChange={(event) => show({ port: event.currentTarget.value })}
          >
            <option value="">all</option>
            {ports.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <label class="grow">
          Search in the logs
          <input key={find} name="find" type="search" defaultValue={find} placeholder="any text" />
        </label>
        <button type="submit">Search</button>
        {find === '' ? null : (
          <button type="button" class="quiet" onClick={() => show({ find: '' })}>
            Follow instead
          </button>
        )}
      </form>
      {find === '' ? (
        <Following key={port} id={now.id} port={port} />
      ) : (
        <Found key={`${port} ${find}`} id={now.id} port={port} text={find} />
      )}
      <LogLevels id={now.id} />
    </section>
  );
}

function Following(props: { readonly id: string; readonly port: string | null }) {
  const { id, port } = props;
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const end = new AbortController();
    const follow = async () => {
      const path = topologyPath(id, 'logs?follow=true&lines=200');
      for await (const batch of readLines<Partial<Line>>(path, end.signal)) {
        const wanted = batch.filter(
          (each): each is Line =>
            each.line !== undefined && (port === null || String(each.port) === port),
        );
        if (wanted.length > 0) setLines((before) => [...before, ...wanted].slice(-linesMax));
      }
    };
    follow().then(
      () => setProblem('There is nothing more to come.'),
      (error) => {
        if (!end.signal.aborted) setProblem(sentenceOf(error));
      },
    );
    return () => end.abort();
  }, [id, port]);
  useEffect(() => {
    const element = box.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [lines]);
  return (
    <>
      {problem === null ? null : <p class="note">{problem}</p>}
      {lines.length === 0 ? <Empty title="Nothing logged yet" /> : null}
      <pre
        class="log"
        ref={box}
        tabIndex={0}
        onScroll={({ currentTarget: it }) => {
          isAtEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < 40;
        }}
      >
        {lines.map((each, index) => (
          <LogLine key={index} line={each} />
        ))}
      </pre>
    </>
  );
}

function LogLine({ line: { port, line } }: { readonly line: Line }) {
  return (
    <div class={levelOf(line)}>
      <span class="port">{port}</span> {line}
    </div>
  );
}

function levelOf(line: string): string {
  if (/\b(ERROR|FATAL)\b/.test(line)) return 'level-error';
  return /\bWARN\b/.test(line) ? 'level-warn' : '';
}

function Found(props: {
  readonly id: string;
  readonly port: string | null;
  readonly text: string;
}) {
  const { id, port, text } = props;
  const words = new URLSearchParams({ text, ...(port === null ? {} : { port }) });
  const { answer, problem } = useAnswer<LogSearchAnswer>(topologyPath(id, `logs/search?${words}`));
  const [chosen, open] = useState<FoundLine | null>(null);
  const opened = chosen ?? answer?.lines.at(-1) ?? null;
  if (problem !== null) return <Problem sentence={problem} />;
  if (answer === null) return <Empty title="Searching" />;
  if (answer.lines.length === 0) return <Empty title="Not in any log of its workers" />;
  return (
    <>
      {answer.complete ? null : (
        <p class="hint">There is more: the newest of each worker are shown.</p>
      )}
      <pre class="log found" tabIndex={0}>
        {answer.lines.map((each) => (
          <button
            type="button"
            key={`${each.port} ${each.file} ${each.offset}`}
            class={each === opened ? 'link line opened' : 'link line'}
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
      <h3>
        Around it, in {line.file} of worker {line.port}
      </h3>
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
