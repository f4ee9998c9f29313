import { Anchor, Box, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { formatSen } from '#domain/money.ts';
import { type DataColumn, DataTable } from '../../components/data-table.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import type { Outputs } from '../../lib/api.ts';
import { useMe } from '../../lib/me.tsx';
import { useStrings } from '../../lib/strings/language.tsx';
import { STANDING_TONE } from './standing-tone.ts';

interface Cell {
  readonly row: Outputs['bill']['list']['rows'][number];
}

interface Props {
  readonly rows: readonly Cell['row'][];
  readonly stale: boolean;
}

export function BillTable({ rows, stale }: Props) {
  const { bill } = useStrings();
  const columns = useMemo(
    (): DataColumn<Cell['row']>[] => [
      { id: 'payer', header: bill.payer, lead: true, Cell: Payer },
      { id: 'description', header: bill.description, wide: true, Cell: Description },
      { id: 'state', header: bill.state, Cell: State },
      { id: 'amount', header: bill.amount, align: 'right', Cell: Amount },
      { id: 'created', header: bill.created, Cell: Created },
      { id: 'paid', header: bill.paidAt, Cell: Paid },
    ],
    [bill],
  );
  return <DataTable caption={bill.list} rows={rows} columns={columns} rowId={({ id }) => id} stale={stale} />;
}

function Payer({ row: { id, name, email, mobile } }: Cell) {
  return (
    <Box maw={300}>
      <Anchor
        fw={600}
        size="sm"
        c="inherit"
        renderRoot={(props) => <Link {...props} to="/bills/$billId" params={{ billId: id }} />}
      >
        {name}
      </Anchor>
      <Text size="xs" c="var(--kekal-quiet)" truncate>
        {email ?? mobile}
      </Text>
    </Box>
  );
}

function Description({ row: { id, description } }: Cell) {
  return (
    <Box maw={300}>
      <Text size="sm" lineClamp={1}>
        {description}
      </Text>
      <Text size="xs" c="var(--kekal-quiet)" ff="monospace">
        {id}
      </Text>
    </Box>
  );
}

function State({ row: { standing } }: Cell) {
  const { bill } = useStrings();
  return <StateBadge tone={STANDING_TONE[standing]}>{bill.standings[standing]}</StateBadge>;
}

function Amount({ row: { amountSen } }: Cell) {
  const { currency } = useMe().profile;
  return (
    <Text component="span" size="sm" fw={600}>
      {formatSen(amountSen, currency)}
    </Text>
  );
}

function Created({ row: { createdAtMs } }: Cell) {
  return <When atMs={createdAtMs} />;
}

function Paid({ row: { paidAtMs } }: Cell) {
  return paidAtMs === null ? <span aria-hidden="true">–</span> : <When atMs={paidAtMs} />;
}
