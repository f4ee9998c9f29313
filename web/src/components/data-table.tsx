import { type ColumnDef, type RowData, tableFeatures, useTable } from '@tanstack/react-table';
import { type ComponentType, useMemo } from 'react';
import classes from './data-table.module.css';

const features = tableFeatures({});

/** How a column stands: amounts to the right; `lead` names the row; `wide` is left out of narrow tables. */
interface ColumnLook {
  readonly align?: 'right';
  readonly lead?: true;
  readonly wide?: true;
}

export interface DataColumn<Row extends RowData> extends ColumnLook {
  readonly id: string;
  readonly header: string;
  readonly Cell: ComponentType<{ readonly row: Row }>;
}

interface Props<Row extends RowData> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly DataColumn<Row>[];
  readonly rowId: (row: Row) => string;
  /** Rows that are being replaced. */
  readonly stale?: boolean;
}

/** A table that becomes a list of cards where it is narrow. The link in the leading cell covers its row. */
export function DataTable<Row extends RowData>({ caption, rows, columns, rowId, stale = false }: Props<Row>) {
  const definitions = useMemo(() => columns.map(toDefinition), [columns]);
  const table = useTable({ features, data: rows, columns: definitions, getRowId: rowId });
  const columnOf = new Map(columns.map((column) => [column.id, column]));
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={caption} aria-busy={stale} data-stale={stale}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col" {...lookOf(columnOf.get(header.column.id))}>
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <td
                  key={cell.id}
                  data-label={columnOf.get(cell.column.id)?.header}
                  {...lookOf(columnOf.get(cell.column.id))}
                >
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toDefinition<Row extends RowData>({
  id,
  header,
  Cell,
}: DataColumn<Row>): ColumnDef<typeof features, Row> {
  return { id, header, cell: ({ row }) => <Cell row={row.original} /> };
}

function lookOf({ align, lead, wide }: ColumnLook = {}) {
  return { 'data-align': align, 'data-lead': lead, 'data-wide': wide };
}
