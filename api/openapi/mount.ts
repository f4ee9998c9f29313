import { createHash } from 'node:crypto';
import type { App, AppContext } from '../http/app-env.ts';
import { openApiDocument } from './document.ts';
import { REFERENCE_STYLE, referencePage } from './reference-page.ts';

const MAX_AGE_S = 300;

/** `/api/openapi.json` and `/api/docs`, for everybody. Mounted before the API, whose 404 takes the rest of `/api`. */
export function mountOpenApi(app: App): void {
  const document = JSON.stringify(openApiDocument());
  const etag = etagOf(document);
  app.get('/api/openapi.json', (c) =>
    answer(c, document, etag, { 'Content-Type': 'application/json; charset=utf-8' }),
  );
  app.get('/api/docs', (c) => {
    const page = referencePage(c.var.origin.publicUrl);
    return answer(c, page, etagOf(page), PAGE_HEADERS);
  });
}

function answer(
  c: AppContext,
  body: string,
  etag: string,
  headers: Readonly<Record<string, string>>,
): Response {
  const cached = {
    ETag: etag,
    'Cache-Control': `public, max-age=${MAX_AGE_S}`,
    'X-Content-Type-Options': 'nosniff',
  };
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, cached);
  return c.body(body, 200, { ...cached, ...headers });
}

function etagOf(text: string): string {
  return `"${digest(text).slice(0, 32)}"`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Language': 'en',
  'Content-Security-Policy': [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    'img-src data:',
    `style-src 'sha256-${digest(REFERENCE_STYLE)}'`,
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
};
