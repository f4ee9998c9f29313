import { formatSen } from '#domain/money.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { type Fact, Facts } from '../../components/facts.tsx';
import { When } from '../../components/when.tsx';
import type { Outputs } from '../../lib/api.ts';
import { formatDay } from '../../lib/format-time.ts';
import { useMe } from '../../lib/me.tsx';
import { useLanguage } from '../../lib/strings/language.tsx';

/** What is known of a bill; what it does not have is left out. */
export function BillFacts({ bill }: { readonly bill: Outputs['bill']['get'] }) {
  const { strings, language } = useLanguage();
  const { currency } = useMe().profile;
  const words = strings.bill;
  const facts: (Fact | null)[] = [
    { label: words.id, value: <CopyText text={bill.id} label={words.id} /> },
    { label: words.payer, value: bill.name },
    optional(words.email, bill.email),
    optional(words.mobile, bill.mobile),
    { label: words.description, value: bill.description },
    { label: words.collection, value: <CopyText text={bill.collectionId} label={words.collection} /> },
    { label: words.created, value: <When atMs={bill.createdAtMs} seconds /> },
    { label: words.dueOn, value: formatDay(bill.dueOn, language) },
    bill.paidAtMs === null ? null : { label: words.paidAt, value: <When atMs={bill.paidAtMs} seconds /> },
    bill.paidAtMs === null
      ? null
      : { label: words.paidAmount, value: formatSen(bill.paidAmountSen, currency) },
    optional(bill.reference1Label, bill.reference1),
    optional(bill.reference2Label, bill.reference2),
    optional(words.callbackUrl, bill.callbackUrl),
    optional(words.redirectUrl, bill.redirectUrl),
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} />;
}

function optional(label: string, value: string | null): Fact | null {
  return value === null || value === '' ? null : { label, value };
}
