import {
  type Collection,
  loadCollection,
  type OpenForm,
  profileOfOpenCollection,
  recipientNames,
} from '#db/collection.repository.ts';
import { loadProfile } from '#db/profile.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { Ctx, SystemCtx } from '../context.ts';
import { requirePayer, requireSystem } from '../permission.ts';
import { picturePath } from '../picture/read.ts';

const COLLECTION_ID = /^[\w-]{1,64}$/;

/**
 * The surroundings of whoever has the address of an open collection: its profile, and a payer who may do what the pages
 * offer. Refuses `not_found`, also for a plain collection.
 */
export async function openFormAsPayer(system: SystemCtx, collectionId: string): Promise<Ctx> {
  requireSystem(system);
  if (!COLLECTION_ID.test(collectionId)) refuse('not_found');
  const profile = await system.inTransaction(async (tx) => {
    const profileId =
      (await profileOfOpenCollection(tx, collectionId)) ?? refuse('not_found', { collectionId });
    return loadProfile(tx, profileId);
  });
  return system.forProfile(profile, { kind: 'payer' });
}

/** What the page of an open collection shows. Source: billplz-api.md 3.8 and 6. */
export interface OpenFormPage {
  readonly collectionId: string;
  /** False: switched off, or of a merchant who may not collect. */
  readonly takesPayments: boolean;
  readonly merchantName: string;
  readonly sandbox: boolean;
  readonly currency: string;
  readonly title: string;
  /** Path of the large picture, or null. */
  readonly photo: string | null;
  readonly splitHeader: readonly string[];
  readonly form: OpenForm;
}

/** Refuses `not_found`. */
export async function readOpenFormPage(ctx: Ctx, collectionId: string): Promise<OpenFormPage> {
  requirePayer(ctx);
  return ctx.inTransaction(async (tx) => {
    const collection: Collection = await loadCollection(tx, ctx.profileId, collectionId);
    const { profile } = ctx;
    return {
      collectionId,
      takesPayments: collection.status === 'active' && profile.eligible && profile.currency === 'MYR',
      merchantName: profile.merchantName,
      sandbox: profile.mode === 'sandbox',
      currency: profile.currency,
      title: collection.title,
      photo: picturePath(collection.pictures.retina),
      splitHeader: collection.splitHeader ? await recipientNames(tx, collection.splits) : [],
      form: collection.form ?? refuse('not_found', { collectionId }),
    };
  });
}
