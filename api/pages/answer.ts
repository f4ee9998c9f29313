import { randomBytes } from 'node:crypto';
import type { AppContext } from '../http/app-env.ts';
import { type Page, renderDocument } from './layout.ts';

const HSTS_S = 365 * 24 * 3_600;

/**
 * Sends a page with a fresh nonce and the security headers of every payer's page; these pages have no script, so none
 * is allowed. Source: gateways.md 5, point 4.
 */
export function answerPage(
  c: AppContext,
  status: 200 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503,
  page: Page,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const nonce = randomBytes(16).toString('base64');
  return c.body(renderDocument(page, nonce), status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': page.language,
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'Reporting-Endpoints': 'csp="/csp-reports"',
    'X-Frame-Options': 'DENY',
    ...EVERY_ANSWER,
    ...headers,
  });
}

/** What redirects carry as well. */
const EVERY_ANSWER: Readonly<Record<string, string>> = {
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow',
  'Permissions-Policy': 'payment=(self), camera=(), geolocation=(), microphone=(), usb=()',
  'Strict-Transport-Security': `max-age=${HSTS_S}`,
};

/** A 302 after a GET: of a form's answer Chromium would block it. Source: gateways.md 5, point 9. */
export function answerRedirect(c: AppContext, location: string): Response {
  return c.body(null, 302, { Location: location, ...EVERY_ANSWER });
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "script-src 'none'",
    "form-action 'self'",
    'report-uri /csp-reports',
    'report-to csp',
  ].join('; ');
}
