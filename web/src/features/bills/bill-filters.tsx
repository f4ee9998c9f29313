import { CloseButton, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { useStrings } from '../../lib/strings/language.tsx';
import { BILL_FILTERS, type BillSearch, withFilter, withText } from './bill-search.ts';
import classes from './bill-filters.module.css';

interface Props {
  readonly search: BillSearch;
  readonly onSearch: (next: BillSearch, replace?: boolean) => void;
}

const TYPING_PAUSE_MS = 250;

export function BillFilters({ search, onSearch }: Props) {
  const strings = useStrings();
  const [typed, setTyped] = useState(search.q ?? '');
  const [known, setKnown] = useState(search.q ?? '');
  // Back, forward or a link changed the address: the field follows.
  if (known !== (search.q ?? '')) {
    setKnown(search.q ?? '');
    if (typed.trim() !== (search.q ?? '')) setTyped(search.q ?? '');
  }
  const submit = useDebouncedCallback(
    (text: string) => onSearch(withText(search, text), true),
    TYPING_PAUSE_MS,
  );
  const type = (text: string) => {
    setTyped(text);
    submit(text);
  };
  return (
    <Group component="search" gap="sm">
      <div className={classes.states}>
        <SegmentedControl
          size="sm"
          aria-label={strings.bill.filterByState}
          value={search.state ?? 'all'}
          onChange={(value) => onSearch(withFilter(search, value))}
          data={BILL_FILTERS.map((value) => ({ value, label: strings.bill.filters[value] }))}
        />
      </div>
      <TextInput
        flex="1 1 14rem"
        maw={{ sm: 340 }}
        type="search"
        aria-label={strings.bill.search}
        placeholder={strings.bill.searchHint}
        leftSection={<Icon name="search" size={16} />}
        rightSection={
          typed !== '' && (
            <CloseButton size="sm" aria-label={strings.bill.clearSearch} onClick={() => type('')} />
          )
        }
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
    </Group>
  );
}
