import { useState } from 'preact/hooks';
import type { ConfigurationAnswer, ConfigurationLine } from '../../live/configuration-answer.ts';
import { topologyPath } from '../api.ts';
import { plural } from '../format.ts';
import { useAnswer } from '../use-answer.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { Empty } from '../widgets/empty.tsx';
import { matches, NameFilter } from '../widgets/name-filter.tsx';
import { Problem } from '../widgets/problem.tsx';
import type { TopologyView } from './topology-view.ts';

const columns: readonly Column<ConfigurationLine>[] = [
  { title: 'Key', cell: ({ key }) => <code>{key}</code> },
  { title: 'Value', cell: ({ value }) => <code class="wrap">{value}</code> },
  {
    title: 'Default',
    cell: (each) =>
      each.isChanged ? <code class="wrap">{each.fallback ?? 'not set'}</code> : 'the same',
  },
];

/** What the topology runs with, secrets hidden, beside the defaults. */
export function ConfigurationTab({ view }: { readonly view: TopologyView }) {
  const { id } = view.now;
  const { answer, problem } = useAnswer<ConfigurationAnswer>(topologyPath(id, 'configuration'));
  const [filter, setFilter] = useState('');
  const [isAll, setAll] = useState(false);
  if (problem !== null) return <Problem sentence={problem} />;
  if (answer === null) return <Empty title="Loading" />;
  const changed = answer.lines.filter(({ isChanged }) => isChanged);
  const rows = (isAll ? answer.lines : changed).filter(({ key }) => matches(key, filter));
  return (
    <section class="card" aria-label="Configuration">
      <div class="bar">
        <NameFilter name="Keys that contain" value={filter} onInput={setFilter} />
        <label class="check">
          <input
            type="checkbox"
            checked={isAll}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
          Also the {plural(answer.lines.length - changed.length, 'key')} as Storm has them by
          default
        </label>
      </div>
      {rows.length === 0 ? (
        <Empty title="No such key">
          {isAll ? '' : 'Not among those that differ from Storm’s defaults; the others are hidden.'}
        </Empty>
      ) : (
        <DataTable
          label="Keys and values"
          columns={columns}
          rows={rows}
          keyOf={({ key }) => key}
          classOf={({ isChanged }) => (isChanged ? 'changed' : '')}
        />
      )}
    </section>
  );
}
