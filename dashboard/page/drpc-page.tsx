import { useEffect, useState } from 'preact/hooks';
import type { DrpcFunctionSummary } from '../../storm-api/index.ts';
import { getJson, sentenceOf } from './api.ts';
import { count, latency } from './format.ts';
import { type Column, DataTable } from './widgets/data-table.tsx';
import { Empty } from './widgets/empty.tsx';

const pollMs = 2000;

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
  const [functions, setFunctions] = useState<readonly DrpcFunctionSummary[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const read = () =>
      getJson<{ functions: readonly DrpcFunctionSummary[] }>('/api/gearstorm/drpc').then(
        (answer) => {
          setFunctions(answer.functions);
          setProblem(null);
        },
        (error) => setProblem(sentenceOf(error)),
      );
    void read();
    const timer = setInterval(() => void read(), pollMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <h1>DRPC functions</h1>
      {problem === null ? null : (
        <p class="note bad" role="alert">
          {problem}
        </p>
      )}
      {functions === null ? <Empty title="Loading" /> : <Functions functions={functions} />}
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
