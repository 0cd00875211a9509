import type { DrpcFunctionSummary } from '../../storm-api/index.ts';
import { count, latency } from './format.ts';
import { useTitle } from './router.ts';
import { useAnswer } from './use-answer.ts';
import { type Column, DataTable } from './widgets/data-table.tsx';
import { Empty } from './widgets/empty.tsx';
import { Problem } from './widgets/problem.tsx';

const pollMs = 2000;

interface DrpcAnswer {
  readonly functions: readonly DrpcFunctionSummary[];
}

const columns: readonly Column<DrpcFunctionSummary>[] = [
  { title: 'Function', cell: (each) => each.function },
  { title: 'Topologies', cell: (each) => each.topologies.join(', ') || 'none' },
  { title: 'Waiting', isNumber: true, cell: (each) => count(each.waiting) },
  { title: 'In flight', isNumber: true, cell: (each) => count(each.inFlight) },
  { title: 'Served', isNumber: true, cell: (each) => count(each.served) },
  { title: 'Failed', isNumber: true, cell: (each) => count(each.failed) },
  { title: 'Timed out', isNumber: true, cell: (each) => count(each.timedOut) },
  { title: 'Cancelled', isNumber: true, cell: (each) => count(each.cancelled) },
  { title: 'p50', isNumber: true, cell: (each) => latency(each.latencyMs?.p50) },
  { title: 'p99', isNumber: true, cell: (each) => latency(each.latencyMs?.p99) },
  { title: 'max', isNumber: true, cell: (each) => latency(each.latencyMs?.max) },
];

/** DRPC functions, who serves them and how their requests fare. */
export function DrpcPage() {
  useTitle('DRPC functions');
  const { answer, problem } = useAnswer<DrpcAnswer>('/api/gearstorm/drpc', pollMs);
  return (
    <>
      <h1>DRPC functions</h1>
      <Problem sentence={problem} />
      {answer === null ? <Empty title="Loading" /> : <Functions functions={answer.functions} />}
    </>
  );
}

function Functions({ functions }: { readonly functions: readonly DrpcFunctionSummary[] }) {
  if (functions.length === 0) {
    return (
      <Empty title="No functions served or called">
        A topology with a <code>DRPCSpout</code> serves one.
      </Empty>
    );
  }
  return (
    <div class="card">
      <DataTable
        label="DRPC functions"
        columns={columns}
        rows={functions}
        keyOf={(each) => each.function}
      />
    </div>
  );
}
