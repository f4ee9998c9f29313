import { billplzForm } from '../http/billplz-form.ts';
import { oneOf, page } from '../http/scalars.ts';

/** Source: billplz-api.md 1, "Paging". */
const PAGE_SIZE = 15;

/** A page of a list and the status that it is narrowed to; null: any. */
export function pageForm<const V extends string>(statuses: readonly V[]) {
  return billplzForm({ page: page(), status: oneOf(statuses, { absent: null }) });
}

/** What a service takes of it. */
export function pageOf<V extends string>({ page, status }: { page: number; status: V | null }) {
  return { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE, ...(status === null ? {} : { status }) };
}
