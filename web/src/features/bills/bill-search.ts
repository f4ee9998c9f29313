/** The filter of the list of bills, as it stands in the address. */
export interface BillSearch {
  readonly state?: 'due' | 'paid' | 'deleted';
  readonly q?: string;
  /** Keyset: bills older than this one. */
  readonly before?: number;
}

export const BILL_FILTERS = ['all', 'due', 'paid', 'deleted'] as const;
export type BillFilter = (typeof BILL_FILTERS)[number];

const SEARCH_MAX = 255;

/** Whatever somebody typed into the address: what cannot be read is left out. */
export function readBillSearch(raw: Record<string, unknown>): BillSearch {
  const { state, q, before } = raw;
  const text = typeof q === 'string' || typeof q === 'number' ? String(q).trim().slice(0, SEARCH_MAX) : '';
  const seq = Number(before);
  return {
    ...(state === 'due' || state === 'paid' || state === 'deleted' ? { state } : {}),
    ...(text === '' ? {} : { q: text }),
    ...(Number.isSafeInteger(seq) && seq > 0 ? { before: seq } : {}),
  };
}

/** Another filter begins at its newest bill. */
export function withFilter({ q }: BillSearch, filter: BillFilter): BillSearch {
  return { ...(filter === 'all' ? {} : { state: filter }), ...(q === undefined ? {} : { q }) };
}

export function withText({ state }: BillSearch, text: string): BillSearch {
  return readBillSearch({ state, q: text });
}

export function isFiltered({ state, q }: BillSearch): boolean {
  return state !== undefined || q !== undefined;
}
