import { Box, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { formatSen } from '#domain/money.ts';
import { type DataColumn, DataTable } from '../../components/data-table.tsx';
import { StateBadge, type Tone } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import type { Outputs } from '../../lib/api.ts';
import { useStrings } from '../../lib/strings/language.tsx';

type Payment = Outputs['bill']['get']['payments'][number];

interface Cell {
  readonly row: Payment;
}

const TONE: Readonly<Record<Payment['status'], Tone>> = {
  pending: 'waiting',
  completed: 'good',
  failed: 'bad',
};

/** Every try to pay the bill, newest first. */
export function PaymentTable({ payments }: { readonly payments: readonly Payment[] }) {
  const { payment: words } = useStrings();
  const columns = useMemo(
    (): DataColumn<Payment>[] => [
      { id: 'transaction', header: words.transaction, lead: true, Cell: Transaction },
      { id: 'status', header: words.status, Cell: Status },
      { id: 'amount', header: words.amount, align: 'right', Cell: Amount },
      { id: 'time', header: words.time, Cell: Times },
    ],
    [words],
  );
  return <DataTable caption={words.list} rows={payments} columns={columns} rowId={({ id }) => id} />;
}

function Transaction({ row: { id, channel, bankCode } }: Cell) {
  return (
    <Box>
      <Text size="sm" ff="monospace">
        {id}
      </Text>
      <Text size="xs" c="var(--kekal-quiet)">
        {[channel, bankCode].filter(Boolean).join(' · ')}
      </Text>
    </Box>
  );
}

function Status({ row: { status, excess } }: Cell) {
  const { payment: words } = useStrings();
  return (
    <Group gap={6}>
      <StateBadge tone={TONE[status]}>{words.statuses[status]}</StateBadge>
      {excess && (
        <StateBadge tone="warning" hint={words.excessHint}>
          {words.excess}
        </StateBadge>
      )}
    </Group>
  );
}

function Amount({ row: { amountSen, currency } }: Cell) {
  return (
    <Text component="span" size="sm" fw={600}>
      {formatSen(amountSen, currency)}
    </Text>
  );
}

function Times({ row: { createdAtMs, completedAtMs, failure } }: Cell) {
  const { payment: words } = useStrings();
  return (
    <Box>
      <Text size="xs" c="var(--kekal-quiet)">
        {words.started} <When atMs={createdAtMs} seconds />
      </Text>
      {completedAtMs !== null && (
        <Text size="xs">
          {words.completed} <When atMs={completedAtMs} seconds />
        </Text>
      )}
      {failure !== null && <Text size="xs">{failure}</Text>}
    </Box>
  );
}
