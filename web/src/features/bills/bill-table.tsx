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

type Row = Outputs['bill']['list']['rows'][number];

export function BillTable({ rows, stale }: { readonly rows: readonly Row[]; readonly stale: boolean }) {
  const { bill } = useStrings();
  const { currency } = useMe().profile;
  const columns = useMemo(
    (): DataColumn<Row>[] => [
      {
        id: 'payer',
        header: bill.payer,
        look: { lead: true },
        cell: ({ row }) => <Payer bill={row.original} />,
      },
      {
        id: 'description',
        header: bill.description,
        look: { wide: true },
        cell: ({ row }) => (
          <Text size="sm" lineClamp={1} maw={280} c="var(--kekal-quiet)">
            {row.original.description}
          </Text>
        ),
      },
      {
        id: 'state',
        header: bill.state,
        cell: ({ row: { original } }) => (
          <StateBadge tone={STANDING_TONE[original.standing]}>{bill.standings[original.standing]}</StateBadge>
        ),
      },
      {
        id: 'amount',
        header: bill.amount,
        look: { align: 'right' },
        cell: ({ row }) => (
          <Text component="span" size="sm" fw={600}>
            {formatSen(row.original.amountSen, currency)}
          </Text>
        ),
      },
      { id: 'created', header: bill.created, cell: ({ row }) => <When atMs={row.original.createdAtMs} /> },
      {
        id: 'paid',
        header: bill.paidAt,
        cell: ({ row: { original } }) =>
          original.paidAtMs === null ? <span aria-hidden="true">–</span> : <When atMs={original.paidAtMs} />,
      },
    ],
    [bill, currency],
  );
  return <DataTable caption={bill.list} rows={rows} columns={columns} rowId={({ id }) => id} stale={stale} />;
}

function Payer({ bill: { id, name, email, mobile } }: { readonly bill: Row }) {
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
      <Text size="xs" c="var(--kekal-quiet)" ff="monospace">
        {id}
      </Text>
    </Box>
  );
}
