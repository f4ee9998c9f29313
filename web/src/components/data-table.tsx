import { type ColumnDef, type RowData, tableFeatures, useTable } from '@tanstack/react-table';
import classes from './data-table.module.css';

const features = tableFeatures({});

/** How a column stands: amounts to the right; `lead` names the row; `wide` is left out of narrow tables. */
export interface ColumnLook {
  readonly align?: 'right';
  readonly lead?: boolean;
  readonly wide?: boolean;
}

export type DataColumn<Row extends RowData> = ColumnDef<typeof features, Row, unknown> & {
  readonly id: string;
  readonly header: string;
  readonly look?: ColumnLook;
};

interface Props<Row extends RowData> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly DataColumn<Row>[];
  readonly rowId: (row: Row) => string;
  /** Rows that are being replaced. */
  readonly stale?: boolean;
}

/**
 * A table that becomes a list of cards on a phone. The first link of a row is the row's: the whole row leads there.
 * The roles are written out because a changed `display` would take them away.
 */
export function DataTable<Row extends RowData>({ caption, rows, columns, rowId, stale = false }: Props<Row>) {
  const table = useTable({
    features,
    data: rows as Row[],
    columns: columns as DataColumn<Row>[],
    getRowId: (row) => rowId(row),
  });
  const lookOf = (id: string) => columns.find((column) => column.id === id);
  return (
    <table role="table" className={classes.table} aria-label={caption} aria-busy={stale} data-stale={stale}>
      <thead role="rowgroup">
        {table.getHeaderGroups().map((group) => (
          <tr role="row" key={group.id}>
            {group.headers.map((header) => (
              <th role="columnheader" key={header.id} {...attributes(lookOf(header.column.id)?.look)}>
                <table.FlexRender header={header} />
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody role="rowgroup">
        {table.getRowModel().rows.map((row) => (
          <tr role="row" key={row.id}>
            {row.getAllCells().map((cell) => {
              const column = lookOf(cell.column.id);
              return (
                <td role="cell" key={cell.id} data-label={column?.header} {...attributes(column?.look)}>
                  <table.FlexRender cell={cell} />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function attributes({ align, lead, wide }: ColumnLook = {}) {
  return { 'data-align': align, 'data-lead': lead, 'data-wide': wide };
}
