import type { Collection } from '#services/collection/read.ts';
import type { Ctx } from '#services/context.ts';
import { pictureUrl } from './picture-url.ts';

type View = (collection: Collection, ctx: Ctx) => object;

/** What v3 shows: the first recipient alone. Creating answers without `status`. Source: billplz-api.md 2.1, "C3". */
export const newCollectionV3View: View = (collection, ctx) => ({
  id: collection.id,
  title: collection.title,
  logo: logoView(collection, ctx),
  split_payment: splitPaymentView(collection),
});

export const collectionV3View = withStatus(newCollectionV3View);

/** What v4 shows: every recipient, in stack order. Source: billplz-api.md 2.1, "C4". */
export const newCollectionV4View: View = (collection, ctx) => ({
  id: collection.id,
  title: collection.title,
  logo: logoView(collection, ctx),
  ...splitPaymentsView(collection),
});

export const collectionV4View = withStatus(newCollectionV4View);

export function withStatus(view: View): View {
  return (collection, ctx) => ({ ...view(collection, ctx), status: collection.status });
}

export function splitPaymentView({ splits: [first], splitHeader }: Collection) {
  return {
    email: first?.email ?? null,
    fixed_cut: first?.fixedCut ?? null,
    variable_cut: first?.variableCut ?? null,
    split_header: splitHeader,
  };
}

export function splitPaymentsView({ splits, splitHeader }: Collection) {
  return {
    split_header: splitHeader,
    split_payments: splits.map((split, stackOrder) => ({
      email: split.email,
      fixed_cut: split.fixedCut,
      variable_cut: split.variableCut,
      stack_order: stackOrder,
    })),
  };
}

function logoView({ pictures }: Collection, ctx: Ctx) {
  return { thumb_url: pictureUrl(ctx, pictures.thumb), avatar_url: pictureUrl(ctx, pictures.avatar) };
}
