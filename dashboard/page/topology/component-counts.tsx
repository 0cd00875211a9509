import type {
  ComponentCounts,
  CountsWindow,
  ExecutorCounts,
  InputLine,
  OutputLine,
} from '../../live/counts-answers.ts';
import { topologyPath } from '../api.ts';
import { count } from '../format.ts';
import { useAnswer } from '../use-answer.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { Problem } from '../widgets/problem.tsx';
import { countColumns, meanOf, WindowTable } from './window-table.tsx';
import { windowNames } from './windows.ts';

const pollMs = 5000;
const rowsMax = 30;

const inputColumns: readonly Column<InputLine>[] = [
  { title: 'From', cell: ({ source, stream }) => `${source} ${stream}` },
  { title: 'Executed', isNumber: true, cell: ({ executed }) => count(executed) },
  { title: 'Acked', isNumber: true, cell: ({ acked }) => count(acked) },
  { title: 'Failed', isNumber: true, cell: ({ failed }) => count(failed) },
  {
    title: 'Execute',
    isNumber: true,
    cell: ({ executeMs, executed }) => meanOf(executeMs, executed),
  },
  { title: 'Process', isNumber: true, cell: ({ processMs, acked }) => meanOf(processMs, acked) },
];

const sentColumns: readonly Column<OutputLine>[] = [
  { title: 'Stream', cell: ({ stream }) => stream },
  { title: 'Emitted', isNumber: true, cell: ({ emitted }) => count(emitted) },
  { title: 'Transferred', isNumber: true, cell: ({ transferred }) => count(transferred) },
];

/** Only spouts hear what becomes of what they sent. */
const spoutOutputColumns: readonly Column<OutputLine>[] = [
  ...sentColumns,
  { title: 'Acked', isNumber: true, cell: ({ acked }) => count(acked) },
  { title: 'Failed', isNumber: true, cell: ({ failed }) => count(failed) },
  { title: 'Complete', isNumber: true, cell: ({ completeMs, acked }) => meanOf(completeMs, acked) },
];

const executorColumns: readonly Column<ExecutorCounts>[] = [
  {
    title: 'Tasks',
    cell: ({ firstTask, lastTask }) =>
      firstTask === lastTask ? firstTask : `${firstTask}–${lastTask}`,
  },
  ...countColumns,
];

/** What Storm's page of a component counts, in its windows: in all, by stream and by executor. */
export function ComponentCountsView(props: {
  readonly topology: string;
  readonly component: string;
  readonly executors: number;
  readonly window: CountsWindow;
  readonly choose: (window: CountsWindow) => void;
}) {
  const { topology, component, executors, window, choose } = props;
  const path = `component/${encodeURIComponent(component)}/counts?window=${window}`;
  const { answer, problem } = useAnswer<ComponentCounts>(topologyPath(topology, path), pollMs);
  if (answer === null) return <Problem sentence={problem} />;
  const { kind, windows, inputs, outputs } = answer;
  const name = windowNames.get(window);
  return (
    <>
      <h3>Counts</h3>
      <Problem sentence={problem} />
      <WindowTable windows={windows} chosen={window} choose={choose} />
      {kind === 'spout' || inputs.length === 0 ? null : (
        <>
          <h3>Input, {name}</h3>
          <DataTable
            label="Input by stream"
            columns={inputColumns}
            rows={inputs}
            keyOf={({ source, stream }) => JSON.stringify([source, stream])}
          />
        </>
      )}
      {outputs.length === 0 ? null : (
        <>
          <h3>Output, {name}</h3>
          <DataTable
            label="Output by stream"
            columns={kind === 'spout' ? spoutOutputColumns : sentColumns}
            rows={outputs}
            keyOf={({ stream }) => stream}
          />
        </>
      )}
      <h3>Executors, {name}</h3>
      <DataTable
        label="Counts by executor"
        columns={executorColumns}
        rows={answer.executors}
        rowsMax={rowsMax}
        keyOf={({ firstTask }) => String(firstTask)}
      />
      {answer.executors.length < executors ? (
        <p class="hint">
          The first {answer.executors.length} of {executors}.
        </p>
      ) : null}
    </>
  );
}
