import { Refusal } from '#domain/refusal.ts';
import { createBillFromForm } from '#services/bill/create-from-form.ts';
import { openFormAsPayer, type OpenFormPage, readOpenFormPage } from '#services/collection/open-form.ts';
import type { Ctx } from '#services/context.ts';
import type { ApiDeps } from '../deps.ts';
import type { App, AppContext } from '../http/app-env.ts';
import { answerPage, answerRedirect } from './answer.ts';
import { answerError } from './error-page.ts';
import { httpsOnly } from './https-only.ts';
import { readOpenCollectionForm } from './open-collection-form.ts';
import { closedView, openCollectionView } from './open-collection-view.ts';
import { readForm } from './read-form.ts';
import { languageFor } from './reader.ts';

/** Bills that one address may make by one form in a window: more than any payer needs, fewer than a script wants. */
const TRIES = { limit: 30, windowS: 300 };

/**
 * The payment form of an open collection at `/{id}`. Mounted last of all: every other route of the site comes first.
 * Source: billplz-api.md 3.8 and 6.
 */
export function mountOpenCollections(app: App, deps: ApiDeps): void {
  const path = '/:id{[A-Za-z0-9_-]{1,64}}';

  app.get(path, httpsOnly, async (c) => {
    const { ctx, page } = await open(c, deps);
    const language = languageFor(c, ctx.profile.language);
    return answerPage(
      c,
      200,
      page.takesPayments ? openCollectionView(page, language) : closedView(page, language),
    );
  });

  app.post(path, httpsOnly, async (c) => {
    const fields = await readForm(c);
    if (fields instanceof Response) return fields;
    const { ctx, page } = await open(c, deps);
    const language = languageFor(c, ctx.profile.language);
    if (!page.takesPayments) return answerPage(c, 409, closedView(page, language));
    const key = `open:${page.collectionId}:${c.var.origin.address}`;
    const { allowed, resetS } = await deps.rateLimiter.take(key, TRIES.limit, TRIES.windowS);
    if (!allowed) return answerError(c, 'tooMany', { retryAfterS: resetS });
    const { filled, ...sent } = readOpenCollectionForm(fields, page);
    if (!filled) return answerPage(c, 422, openCollectionView(page, language, sent));
    try {
      const bill = await createBillFromForm(ctx, { collectionId: page.collectionId, ...filled });
      // Our own page, so the form's policy lets the browser follow; the payer looks at the total before paying.
      return answerRedirect(c, `/bills/${bill.id}`);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'collection_inactive') {
        return answerPage(c, 409, closedView(page, language));
      }
      throw error;
    }
  });
}

async function open(c: AppContext, deps: ApiDeps): Promise<{ ctx: Ctx; page: OpenFormPage }> {
  const { requestId, origin } = c.var;
  const system = deps.systemCtx({ requestId, publicUrl: origin.publicUrl });
  const id = c.req.param('id') ?? '';
  const ctx = await openFormAsPayer(system, id);
  return { ctx, page: await readOpenFormPage(ctx, id) };
}
