import { useState } from 'preact/hooks';
import { postJson, sentenceOf } from '../api.ts';
import { moment } from '../format.ts';
import { useAnswer } from '../use-answer.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { Problem } from '../widgets/problem.tsx';

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'OFF', 'ALL', 'FATAL'] as const;

interface LevelsAnswer {
  readonly namedLoggerLevels: Readonly<
    Record<string, { readonly target_level: string; readonly timeout_epoch: number }>
  >;
}

interface Row {
  readonly logger: string;
  readonly level: string;
  readonly untilMs: number;
}

/** How much loggers tell while the topology runs: what was changed, and a form to change more. */
export function LogLevels({ id }: { readonly id: string }) {
  const path = `/api/v1/topology/${encodeURIComponent(id)}/logconfig`;
  const [version, setVersion] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  // The number makes it another path, so that it is asked for again.
  const { answer } = useAnswer<LevelsAnswer>(`${path}?after=${version}`);
  const change = async (logger: string, level: string | null, timeout: number) => {
    try {
      const namedLoggerLevels = { [logger]: { target_level: level, timeout } };
      await postJson(path, { namedLoggerLevels });
      setProblem(null);
      setVersion((before) => before + 1);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  const columns: readonly Column<Row>[] = [
    { title: 'Logger', cell: ({ logger }) => logger },
    { title: 'Level', cell: ({ level }) => level },
    { title: 'Until', cell: ({ untilMs }) => (untilMs === 0 ? 'taken back' : moment(untilMs)) },
    {
      title: 'Change',
      cell: ({ logger }) => (
        <button
          type="button"
          class="link"
          onClick={({ currentTarget }) => {
            // The row goes, and with it the button: the focus stays among the log levels.
            currentTarget.closest('details')?.querySelector('summary')?.focus();
            void change(logger, null, 0);
          }}
        >
          Take back
        </button>
      ),
    },
  ];
  const rows = rowsOf(answer);
  return (
    <details class="levels">
      <summary>Log levels{rows.length === 0 ? '' : ` (${rows.length} changed)`}</summary>
      <LevelForm onChange={change} />
      <Problem sentence={problem} />
      {rows.length === 0 ? null : (
        <DataTable
          label="Changed log levels"
          columns={columns}
          rows={rows}
          keyOf={({ logger }) => logger}
        />
      )}
    </details>
  );
}

function LevelForm(props: {
  readonly onChange: (logger: string, level: string, timeoutSecs: number) => Promise<void>;
}) {
  return (
    <form
      class="bar"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const text = (name: string) => String(form.get(name) ?? '').trim();
        void props.onChange(text('logger') || 'ROOT', text('level'), Number(text('secs')));
      }}
    >
      <label class="grow">
        Logger
        <input name="logger" placeholder="ROOT: all that have no level of their own" />
      </label>
      <label>
        Level
        <select name="level">
          {levels.map((level) => (
            <option key={level} selected={level === 'DEBUG'}>
              {level}
            </option>
          ))}
        </select>
      </label>
      <label>
        For seconds, 0: until taken back
        <input name="secs" type="number" min="0" step="1" defaultValue="600" required />
      </label>
      <button type="submit">Change</button>
    </form>
  );
}

function rowsOf(answer: LevelsAnswer | null): readonly Row[] {
  return Object.entries(answer?.namedLoggerLevels ?? {}).map(([logger, level]) => ({
    logger,
    level: level.target_level,
    untilMs: level.timeout_epoch,
  }));
}
