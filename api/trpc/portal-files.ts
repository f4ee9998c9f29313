import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { App, AppContext } from '../http/app-env.ts';

const BASE = '/portal';
const NONCE_PLACE = '__CSP_NONCE__';

const NOT_BUILT =
  'The portal is not built yet: `npm start` builds it, or `node node_modules/vite/bin/vite.js build --config web/vite.config.ts`.\n';

/**
 * Serves the built portal from `webRoot`. Files under `assets/` carry a hash in their name and never change; every
 * other address is a screen, for which the browser gets `index.html`.
 */
export function mountPortalFiles(app: App, webRoot: string): void {
  const file = serveStatic({
    precompressed: true,
    rewriteRequestPath: (path) => join(webRoot, path.slice(BASE.length)),
  });
  const send = (cacheControl: string) => async (c: AppContext) => {
    const answer = await file(c, async () => {});
    if (!answer) return c.text('Not Found', 404);
    answer.headers.set('cache-control', cacheControl);
    answer.headers.set('x-content-type-options', 'nosniff');
    return answer;
  };
  app.get(`${BASE}/assets/*`, send('public, max-age=31536000, immutable'));
  app.get(`${BASE}/:name{[\\w-]+\\.(?:svg|js|png|webmanifest)}`, send('no-cache'));
  const screen = (c: AppContext) => serveScreen(c, webRoot);
  app.get(BASE, screen);
  app.get(`${BASE}/*`, screen);
}

async function serveScreen(c: AppContext, webRoot: string): Promise<Response> {
  const html = await readFile(join(webRoot, 'index.html'), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (html === null) return c.text(NOT_BUILT, 503, { 'retry-after': '5' });
  const nonce = randomBytes(16).toString('base64');
  return c.html(html.replaceAll(NONCE_PLACE, nonce), 200, {
    'cache-control': 'no-store',
    'content-security-policy': policy(nonce),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
}

/** Our own scripts alone. The component library writes its variables in a `<style>`, which carries the nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
