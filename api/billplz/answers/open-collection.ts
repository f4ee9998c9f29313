import { z } from 'zod';
import { PictureUrl, SplitPayment, SplitPayments, Status } from './collection.ts';

const terms = {
  id: z.string(),
  title: z.string(),
  description: z.string(),
  reference_1_label: z.string().nullable(),
  reference_2_label: z.string().nullable(),
  email_link: z.string().nullable(),
  amount: z.int().nullable(),
  fixed_amount: z.boolean(),
  tax: z.int().nullable(),
  fixed_quantity: z.boolean(),
  payment_button: z.enum(['buy', 'pay']),
  photo: z.strictObject({ retina_url: PictureUrl, avatar_url: PictureUrl }),
};
const v3 = { ...terms, split_payment: SplitPayment, url: z.string() };
/** `redirect_uri` is there only when it was sent. */
const v4 = {
  ...terms,
  split_header: z.boolean(),
  split_payments: SplitPayments,
  url: z.string(),
  redirect_uri: z.string().optional(),
};

/** Creating answers without `status`. Source: billplz-api.md 2.2. */
export const NewOpenCollectionV3 = z.strictObject(v3);
export const NewOpenCollectionV4 = z.strictObject(v4);

export const OpenCollectionV3 = z.strictObject({ ...v3, status: Status });
export const OpenCollectionV4 = z.strictObject({ ...v4, status: Status });

export const OpenCollectionsV3 = z.strictObject({
  open_collections: z.array(OpenCollectionV3),
  page: z.int(),
});
export const OpenCollectionsV4 = z.strictObject({
  open_collections: z.array(OpenCollectionV4),
  page: z.int(),
});
