import type { Hono } from 'hono';
import { createCollection } from '#services/collection/create.ts';
import { type Collection, getCollection, listCollections } from '#services/collection/read.ts';
import { setCollectionStatus } from '#services/collection/set-status.ts';
import type { Ctx } from '#services/context.ts';
import {
  collectionV3View,
  collectionV4View,
  newCollectionV3View,
  newCollectionV4View,
} from './collection-view.ts';
import { CreateCollectionV3Form, CreateCollectionV4Form, fromV3, fromV4 } from './create-collection-form.ts';
import { reads, writes } from './endpoint.ts';
import type { BillplzEnv } from './billplz-env.ts';
import { pageForm, pageOf } from './page-form.ts';
import { withPicture } from './picture-part.ts';

export const CollectionIndexForm = pageForm(['active', 'inactive']);

/** `/api/v3/collections`. Source: billplz-api.md 2.1, 2.3. */
export function mountCollectionsV3(app: Hono<BillplzEnv>): void {
  app.post(
    '/collections',
    writes(async ({ ctx, params }) => {
      const logo = await withPicture(params, 'logo', 'logo');
      const form = CreateCollectionV3Form.parse(logo.params);
      return newCollectionV3View(await createCollection(ctx, fromV3(form), logo.rendered), ctx);
    }),
  );
  app.get('/collections', indexOf(collectionV3View));
  app.get(
    '/collections/:id',
    reads(async ({ ctx, id }) => collectionV3View(await getCollection(ctx, id), ctx)),
  );
  app.post('/collections/:id/activate', statusTo('active'));
  app.post('/collections/:id/deactivate', statusTo('inactive'));
}

/** `/api/v4/collections`: the same rows with every recipient. */
export function mountCollectionsV4(app: Hono<BillplzEnv>): void {
  app.post(
    '/collections',
    writes(async ({ ctx, params }) => {
      const logo = await withPicture(params, 'logo', 'logo');
      const form = CreateCollectionV4Form.parse(logo.params);
      return newCollectionV4View(await createCollection(ctx, fromV4(form), logo.rendered), ctx);
    }),
  );
  app.get('/collections', indexOf(collectionV4View));
  app.get(
    '/collections/:id',
    reads(async ({ ctx, id }) => collectionV4View(await getCollection(ctx, id), ctx)),
  );
}

function indexOf(view: (collection: Collection, ctx: Ctx) => object) {
  return reads(async ({ ctx, params }) => {
    const form = CollectionIndexForm.parse(params);
    const collections = await listCollections(ctx, pageOf(form));
    return { collections: collections.map((each) => view(each, ctx)), page: form.page };
  });
}

function statusTo(status: 'active' | 'inactive') {
  return writes(async ({ ctx, id }) => {
    await setCollectionStatus(ctx, { id, status });
    return {};
  });
}
