import type { BillSearch } from './bill-search.ts';

const PAGE = 25;

/** The call behind an address; the route asks it ahead under the same key. */
export function billListInput({ state, q, before }: BillSearch) {
  return {
    ...(state ? { state } : {}),
    ...(q ? { search: q } : {}),
    ...(before ? { before } : {}),
    limit: PAGE,
  };
}
