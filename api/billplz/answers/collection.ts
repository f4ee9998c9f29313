import { z } from 'zod';

export const Status = z.enum(['active', 'inactive']);

/** Address of a stored picture; null where there is none. */
export const PictureUrl = z.string().nullable();

/** The first recipient, as v3 shows it. Source: billplz-api.md 2.1, "C3". */
export const SplitPayment = z.strictObject({
  email: z.string().nullable(),
  fixed_cut: z.int().nullable(),
  variable_cut: z.int().nullable(),
  split_header: z.boolean(),
});

/** One of up to two recipients, as v4 shows them. Source: billplz-api.md 2.1, "C4". */
export const SplitPayments = z.array(
  z.strictObject({
    email: z.string(),
    fixed_cut: z.int().nullable(),
    variable_cut: z.int().nullable(),
    stack_order: z.int(),
  }),
);

const named = {
  id: z.string(),
  title: z.string(),
  logo: z.strictObject({ thumb_url: PictureUrl, avatar_url: PictureUrl }),
};
const v3 = { ...named, split_payment: SplitPayment };
const v4 = { ...named, split_header: z.boolean(), split_payments: SplitPayments };

/** Creating answers without `status`. */
export const NewCollectionV3 = z.strictObject(v3);
export const NewCollectionV4 = z.strictObject(v4);

export const CollectionV3 = z.strictObject({ ...v3, status: Status });
export const CollectionV4 = z.strictObject({ ...v4, status: Status });

export const CollectionsV3 = z.strictObject({ collections: z.array(CollectionV3), page: z.int() });
export const CollectionsV4 = z.strictObject({ collections: z.array(CollectionV4), page: z.int() });
