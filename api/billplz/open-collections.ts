import type { Hono } from 'hono';
import { createOpenCollection } from '#services/collection/create-open.ts';
import { type Collection, getCollection, listCollections } from '#services/collection/read.ts';
import type { Ctx } from '#services/context.ts';
import {
  CreateOpenCollectionV3Form,
  CreateOpenCollectionV4Form,
  openFromV3,
  openFromV4,
} from './create-open-collection-form.ts';
import { reads, writes } from './endpoint.ts';
import type { BillplzEnv } from './billplz-env.ts';
import {
  newOpenCollectionV3View,
  newOpenCollectionV4View,
  openCollectionV3View,
  openCollectionV4View,
} from './open-collection-view.ts';
import { pageForm, pageOf } from './page-form.ts';
import { withPicture } from './picture-part.ts';

export const OpenCollectionIndexForm = pageForm(['active', 'inactive']);

/** `/api/v3/open_collections`. Source: billplz-api.md 2.2. */
export function mountOpenCollectionsV3(app: Hono<BillplzEnv>): void {
  app.post(
    '/open_collections',
    writes(async ({ ctx, params }) => {
      const photo = await withPicture(params, 'photo', 'photo');
      const form = CreateOpenCollectionV3Form.parse(photo.params);
      return newOpenCollectionV3View(await createOpenCollection(ctx, openFromV3(form), photo.rendered), ctx);
    }),
  );
  mountReads(app, openCollectionV3View);
}

/** `/api/v4/open_collections`: the same rows with every recipient. */
export function mountOpenCollectionsV4(app: Hono<BillplzEnv>): void {
  app.post(
    '/open_collections',
    writes(async ({ ctx, params }) => {
      const photo = await withPicture(params, 'photo', 'photo');
      const form = CreateOpenCollectionV4Form.parse(photo.params);
      return newOpenCollectionV4View(await createOpenCollection(ctx, openFromV4(form), photo.rendered), ctx);
    }),
  );
  mountReads(app, openCollectionV4View);
}

function mountReads(app: Hono<BillplzEnv>, view: (collection: Collection, ctx: Ctx) => object): void {
  app.get(
    '/open_collections',
    reads(async ({ ctx, params }) => {
      const form = OpenCollectionIndexForm.parse(params);
      const collections = await listCollections(ctx, { ...pageOf(form), kind: 'open' });
      return { open_collections: collections.map((each) => view(each, ctx)), page: form.page };
    }),
  );
  app.get(
    '/open_collections/:id',
    reads(async ({ ctx, id }) => view(await getCollection(ctx, id, 'open'), ctx)),
  );
}
