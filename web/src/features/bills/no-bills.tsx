import { Button, Code } from '@mantine/core';
import { Empty } from '../../components/empty.tsx';
import { useStrings } from '../../lib/strings/language.tsx';
import { type BillSearch, isFiltered } from './bill-search.ts';

const example = (origin: string) => `curl ${origin}/api/v3/bills -u YOUR_API_KEY: \\
  -d collection_id=COLLECTION_ID \\
  -d name="Michael Yap" -d email=michael@example.com \\
  -d amount=200 -d description="First bill" \\
  -d callback_url=https://example.com/paid`;

/** Why the list is empty, and the way on. */
export function NoBills({ search, onClear }: { readonly search: BillSearch; readonly onClear: () => void }) {
  const { bill } = useStrings();
  if (isFiltered(search) || search.before !== undefined) {
    return (
      <Empty icon="search" title={bill.noMatch} lead={bill.noMatchLead}>
        <Button variant="default" onClick={onClear}>
          {bill.clearFilters}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon="bill" title={bill.empty} lead={bill.emptyLead}>
      <Code block w="100%" tabIndex={0}>
        {example(window.location.origin)}
      </Code>
    </Empty>
  );
}
