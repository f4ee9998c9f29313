import { type Collection, insertCollection, type PictureVariant } from '#db/collection.repository.ts';
import type { Tx } from '#db/database.ts';
import { insertPictures } from '#db/picture.repository.ts';
import type { Ctx } from '../context.ts';
import { creatorOf } from '../permission.ts';
import type { RenderedPicture } from '../picture/render.ts';
import { randomId, withFreshId } from '../random-id.ts';
import { resolveSplits, type SplitsInput } from './splits.ts';
import type { z } from 'zod';

type Wanted = Pick<Collection, 'kind' | 'title' | 'splitHeader' | 'form'> & {
  readonly splits: z.output<typeof SplitsInput>;
  readonly picture: RenderedPicture | null;
};

/** A new active collection of either kind with its splits and its picture; the verb records the audit. */
export async function writeNewCollection(tx: Tx, ctx: Ctx, wanted: Wanted): Promise<Collection> {
  const { picture, ...terms } = wanted;
  const draft = {
    ...terms,
    profileId: ctx.profileId,
    status: 'active',
    splits: await resolveSplits(tx, ctx, wanted.splits),
    paymentMethods: null,
    pictures: Object.fromEntries(
      Object.keys(picture ?? {}).map((variant) => [variant as PictureVariant, randomId.token()]),
    ),
    createdBy: creatorOf(ctx.actor),
  } as const;
  const id = await withFreshId(randomId.collection, (fresh) =>
    insertCollection(tx, { ...draft, id: fresh }, ctx.now()),
  );
  if (picture) {
    const of = { profileId: ctx.profileId, collectionId: id, createdAtMs: ctx.now() };
    await insertPictures(tx, of, draft.pictures, picture);
  }
  return { ...draft, id };
}
