import { readPicture } from '#services/picture/read.ts';
import type { ApiDeps } from '../deps.ts';
import type { App } from '../http/app-env.ts';

const YEAR_S = 365 * 24 * 3_600;

/**
 * Logos and photos at addresses that nobody guesses. One never changes, so it is kept for good; nothing of it may run.
 * Source: billplz-api.md 2.1, "logo".
 */
export function mountImages(app: App, deps: ApiDeps): void {
  app.get('/images/:id', async (c) => {
    const { requestId, origin } = c.var;
    const id = c.req.param('id');
    const picture = await readPicture(deps.systemCtx({ requestId, publicUrl: origin.publicUrl }), id);
    return c.body(Uint8Array.from(picture.bytes), 200, {
      'Content-Type': picture.contentType,
      'Cache-Control': `public, max-age=${YEAR_S}, immutable`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
      ETag: `"${id}"`,
    });
  });
}
