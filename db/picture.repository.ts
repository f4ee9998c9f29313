import type { PictureIds, PictureVariant } from './collection.repository.ts';
import type { Tx } from './database.ts';
import type { PicturesTable } from './tables/bills.ts';

export interface Picture {
  readonly contentType: PicturesTable['content_type'];
  readonly bytes: Buffer;
}

/** Every variant of one picture, under the ids that the collection gives them. */
export async function insertPictures(
  tx: Tx,
  of: { profileId: number; collectionId: string; createdAtMs: number },
  ids: PictureIds,
  pictures: Readonly<Partial<Record<PictureVariant, Picture>>>,
): Promise<void> {
  const variants = Object.keys(ids) as PictureVariant[];
  const rows = variants.flatMap((variant) => {
    const [id, picture] = [ids[variant], pictures[variant]];
    if (id === undefined || picture === undefined) return [];
    return [
      {
        id,
        profile_id: of.profileId,
        collection_id: of.collectionId,
        variant,
        content_type: picture.contentType,
        bytes: picture.bytes,
        created_at: new Date(of.createdAtMs),
      },
    ];
  });
  if (rows.length > 0) await tx.insertInto('pictures').values(rows).execute();
}

/** By its unguessable id, whoever asks; role `kekal_system`. */
export async function findPicture(tx: Tx, id: string): Promise<Picture | undefined> {
  const row = await tx
    .selectFrom('pictures')
    .select(['content_type', 'bytes'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { contentType: row.content_type, bytes: row.bytes };
}
