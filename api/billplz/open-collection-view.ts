import type { Collection } from '#services/collection/read.ts';
import type { Ctx } from '#services/context.ts';
import { splitPaymentsView, splitPaymentView, withStatus } from './collection-view.ts';
import { pictureUrl } from './picture-url.ts';

/** Creating answers without `status`. Source: billplz-api.md 2.2. */
export function newOpenCollectionV3View(collection: Collection, ctx: Ctx) {
  return {
    ...termsView(collection, ctx),
    split_payment: splitPaymentView(collection),
    url: openCollectionUrl(collection, ctx),
  };
}

export const openCollectionV3View = withStatus(newOpenCollectionV3View);

/** `redirect_uri` is ours: there only when it was sent. */
export function newOpenCollectionV4View(collection: Collection, ctx: Ctx) {
  const redirectUri = collection.form?.redirectUri ?? null;
  return {
    ...termsView(collection, ctx),
    ...splitPaymentsView(collection),
    url: openCollectionUrl(collection, ctx),
    ...(redirectUri !== null && { redirect_uri: redirectUri }),
  };
}

export const openCollectionV4View = withStatus(newOpenCollectionV4View);

function termsView({ id, title, pictures, form }: Collection, ctx: Ctx) {
  return {
    id,
    title: title.toUpperCase(),
    description: form?.description ?? '',
    reference_1_label: form?.reference1Label ?? null,
    reference_2_label: form?.reference2Label ?? null,
    email_link: form?.emailLink ?? null,
    amount: form?.amountSen ?? null,
    fixed_amount: form?.amountSen !== null,
    tax: form?.tax ?? null,
    fixed_quantity: form?.fixedQuantity ?? true,
    payment_button: form?.paymentButton ?? 'pay',
    photo: {
      retina_url: pictureUrl(ctx, pictures.retina),
      avatar_url: pictureUrl(ctx, pictures.avatar),
    },
  };
}

function openCollectionUrl({ id }: Collection, ctx: Ctx): string {
  return `${ctx.publicUrl}/${id}`;
}
