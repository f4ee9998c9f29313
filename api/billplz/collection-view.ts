import type { Collection } from '#services/collection/read.ts';

/** Logos come with their own part; a collection has none yet. */
const NO_LOGO = { thumb_url: null, avatar_url: null };

/** What v3 shows: the first recipient alone. Creating answers without `status`. Source: billplz-api.md 2.1, "C3". */
export function newCollectionV3View(collection: Collection) {
  const [first] = collection.splits;
  return {
    id: collection.id,
    title: collection.title,
    logo: NO_LOGO,
    split_payment: {
      email: first?.email ?? null,
      fixed_cut: first?.fixedCut ?? null,
      variable_cut: first?.variableCut ?? null,
      split_header: collection.splitHeader,
    },
  };
}

export function collectionV3View(collection: Collection) {
  return { ...newCollectionV3View(collection), status: collection.status };
}

/** What v4 shows: every recipient, in stack order. Source: billplz-api.md 2.1, "C4". */
export function newCollectionV4View(collection: Collection) {
  return {
    id: collection.id,
    title: collection.title,
    logo: NO_LOGO,
    split_header: collection.splitHeader,
    split_payments: collection.splits.map((split, stackOrder) => ({
      email: split.email,
      fixed_cut: split.fixedCut,
      variable_cut: split.variableCut,
      stack_order: stackOrder,
    })),
  };
}

export function collectionV4View(collection: Collection) {
  return { ...newCollectionV4View(collection), status: collection.status };
}
