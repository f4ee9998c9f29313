import { Box, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card } from '../../components/card.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useTRPC } from '../../lib/api.ts';
import { useMe } from '../../lib/me.tsx';
import { useStrings } from '../../lib/strings/language.tsx';
import { BillFilters } from './bill-filters.tsx';
import { billListInput } from './bill-list-input.ts';
import type { BillSearch } from './bill-search.ts';
import { BillTable } from './bill-table.tsx';
import { NoBills } from './no-bills.tsx';

interface Props {
  readonly search: BillSearch;
  /** `replace`: the address changes without a step in the history, as while typing. */
  readonly onSearch: (next: BillSearch, replace?: boolean) => void;
}

/** Bills, newest first. The address holds filter and page, so a link shows the same list. */
export function BillListPage({ search, onSearch }: Props) {
  const strings = useStrings();
  const { timeZone } = useMe().profile;
  const trpc = useTRPC();
  const bills = useQuery({
    ...trpc.bill.list.queryOptions(billListInput(search)),
    placeholderData: keepPreviousData,
  });
  const { before: _before, ...newest } = search;
  return (
    <>
      <PageHeader
        title={strings.bill.list}
        actions={
          <Text size="sm" c="var(--kekal-quiet)">
            {strings.timesIn(timeZone)}
          </Text>
        }
      />
      <Stack gap="md">
        <BillFilters search={search} onSearch={onSearch} />
        {bills.error && <ProblemAlert error={bills.error} onRetry={() => void bills.refetch()} />}
        {bills.isPending && <Loading />}
        {bills.data && (
          <Card>
            {bills.data.rows.length === 0 ? (
              <NoBills search={search} onClear={() => onSearch({})} />
            ) : (
              <BillTable rows={bills.data.rows} stale={bills.isPlaceholderData} />
            )}
          </Card>
        )}
        {bills.data && (search.before !== undefined || bills.data.next !== null) && (
          <Group component="nav" aria-label={strings.bill.pages} justify="space-between">
            <Button
              variant="default"
              size="sm"
              leftSection={<Icon name="first" />}
              disabled={search.before === undefined}
              onClick={() => onSearch(newest)}
            >
              {strings.bill.newer}
            </Button>
            <Button
              variant="default"
              size="sm"
              rightSection={<Icon name="next" />}
              disabled={bills.data.next === null || bills.isPlaceholderData}
              onClick={() => bills.data.next !== null && onSearch({ ...newest, before: bills.data.next })}
            >
              {strings.bill.older}
            </Button>
          </Group>
        )}
      </Stack>
    </>
  );
}

function Loading() {
  const strings = useStrings();
  return (
    <Card as="output" p="md" display="block" label={strings.loading}>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <Box key={row} py={10}>
          <Skeleton height={14} width={`${88 - row * 7}%`} />
        </Box>
      ))}
    </Card>
  );
}
