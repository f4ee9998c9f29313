import { Badge, Box, Group, Text, Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { formatSen } from '#domain/money.ts';
import { type DataColumn, DataTable } from '../../components/data-table.tsx';
import { StateBadge, type Tone } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import type { Outputs } from '../../lib/api.ts';
import { useStrings } from '../../lib/strings/language.tsx';

type Payment = Outputs['bill']['get']['payments'][number];

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
      {
        id: 'transaction',
        header: words.transaction,
        look: { lead: true },
        cell: ({ row: { original } }) => (
          <Box>
            <Text size="sm" ff="monospace">
              {original.id}
            </Text>
            <Text size="xs" c="var(--kekal-quiet)">
              {[original.channel, original.bankCode].filter(Boolean).join(' · ')}
            </Text>
          </Box>
        ),
      },
      {
        id: 'status',
        header: words.status,
        cell: ({ row: { original } }) => (
          <Group gap={6}>
            <StateBadge tone={TONE[original.status]}>{words.statuses[original.status]}</StateBadge>
            {original.excess && (
              <Tooltip label={words.excessHint} events={{ hover: true, focus: true, touch: true }}>
                <Badge color="orange.9" variant="light" tabIndex={0}>
                  {words.excess}
                </Badge>
              </Tooltip>
            )}
          </Group>
        ),
      },
      {
        id: 'amount',
        header: words.amount,
        look: { align: 'right' },
        cell: ({ row: { original } }) => (
          <Text component="span" size="sm" fw={600}>
            {formatSen(original.amountSen, original.currency)}
          </Text>
        ),
      },
      {
        id: 'started',
        header: words.started,
        cell: ({ row }) => <When atMs={row.original.createdAtMs} seconds />,
      },
      {
        id: 'completed',
        header: words.completed,
        cell: ({ row: { original } }) =>
          original.completedAtMs === null ? (
            <span>{original.failure ?? '–'}</span>
          ) : (
            <When atMs={original.completedAtMs} seconds />
          ),
      },
    ],
    [words],
  );
  return <DataTable caption={words.list} rows={payments} columns={columns} rowId={({ id }) => id} />;
}
