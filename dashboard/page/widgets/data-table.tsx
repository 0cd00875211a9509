import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly isNumber?: boolean;
  /** Lets the user put the rows in this order, the greatest first. */
  readonly orderOf?: (row: Row) => number;
}

/** A table that scrolls sideways on a narrow screen; the first column names the row. */
export function DataTable<Row>(props: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly classOf?: (row: Row) => string;
  /** Title of the column whose order is shown first; left out: as the rows come. */
  readonly orderBy?: string;
  /** How many rows are shown before the user asks for all. */
  readonly rowsMax?: number;
}) {
  const { columns, rowsMax = Number.POSITIVE_INFINITY } = props;
  const [orderBy, setOrderBy] = useState(props.orderBy ?? null);
  const [isAll, setAll] = useState(false);
  const rows = inOrder(
    props.rows,
    columns.find(({ title }) => title === orderBy),
  );
  const shown = isAll ? rows : rows.slice(0, rowsMax);
  return (
    <section class="scroll" tabIndex={0} aria-label={props.label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head
                key={column.title}
                column={column}
                isOrder={column.title === orderBy}
                onOrder={setOrderBy}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={props.keyOf(row)} class={props.classOf?.(row) ?? ''}>
              {columns.map((column, index) => (
                <Cell key={column.title} column={column} row={row} isFirst={index === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length <= rowsMax ? null : (
        <button type="button" class="link more" onClick={() => setAll(!isAll)}>
          {isAll ? `Show the first ${rowsMax}` : `Show all ${rows.length}`}
        </button>
      )}
    </section>
  );
}

function Head<Row>(props: {
  readonly column: Column<Row>;
  readonly isOrder: boolean;
  readonly onOrder: (title: string) => void;
}) {
  const { title, isNumber, orderOf } = props.column;
  return (
    <th
      scope="col"
      class={isNumber ? 'number' : ''}
      aria-sort={props.isOrder ? 'descending' : undefined}
    >
      {orderOf === undefined ? (
        title
      ) : (
        <button type="button" class="order" onClick={() => props.onOrder(title)}>
          {title}
          {props.isOrder ? ' ↓' : ''}
        </button>
      )}
    </th>
  );
}

function Cell<Row>(props: {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly isFirst: boolean;
}) {
  const { column, row, isFirst } = props;
  const name = column.isNumber ? 'number' : '';
  if (isFirst) {
    return (
      <th scope="row" class={name}>
        {column.cell(row)}
      </th>
    );
  }
  return <td class={name}>{column.cell(row)}</td>;
}

/** Rows of the same order stay as they came. */
function inOrder<Row>(
  rows: readonly Row[],
  column: Pick<Column<Row>, 'orderOf'> | undefined,
): readonly Row[] {
  const orderOf = column?.orderOf;
  if (orderOf === undefined) return rows;
  return [...rows].sort((one, other) => orderOf(other) - orderOf(one));
}
