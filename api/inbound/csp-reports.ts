import type { ApiDeps } from '../deps.ts';
import type { App } from '../http/app-env.ts';
import { ParamsError } from '../http/params.ts';
import { readBody } from '../http/read-body.ts';

const REPORT_MAX_BYTES = 16 * 1024;
const REPORTS = { limit: 60, windowS: 300 };

/**
 * Takes what browsers blocked on our pages, bounded in size and rate, into the log: the directive and the blocked
 * origin, nothing else of what a stranger sends. Source: gateways.md 5, points 4 and 7.
 */
export function mountCspReports(app: App, deps: ApiDeps): void {
  app.post('/csp-reports', async (c) => {
    const { requestId, origin } = c.var;
    const { allowed } = await deps.rateLimiter.take(`csp:${origin.address}`, REPORTS.limit, REPORTS.windowS);
    if (allowed) {
      const violations = violationsIn(await readReport(c.req.raw, c.env?.incoming));
      if (violations.length > 0)
        deps.log.warn({ requestId, violations }, 'a page was kept from loading something');
    }
    return c.body(null, 204);
  });
}

export interface Violation {
  readonly directive: string;
  /** An origin, or a word such as `inline`. */
  readonly blocked: string;
}

const VIOLATIONS_MAX = 10;

/** Both shapes that browsers send: `report-uri` (one object) and the Reporting API (a list). Anything else is nothing. */
export function violationsIn(text: string): Violation[] {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return [];
  }
  const items: unknown[] = Array.isArray(report) ? report : [report];
  return items.slice(0, VIOLATIONS_MAX).flatMap((item) => {
    const body = fieldsOf(fieldsOf(item)['csp-report'] ?? fieldsOf(item)['body']);
    const directive = body['effective-directive'] ?? body['effectiveDirective'] ?? body['violated-directive'];
    const blocked = body['blocked-uri'] ?? body['blockedURL'];
    if (typeof directive !== 'string' || typeof blocked !== 'string') return [];
    return [{ directive: plain(directive), blocked: originOf(blocked) }];
  });
}

async function readReport(...from: [Request, Parameters<typeof readBody>[1]]): Promise<string> {
  try {
    return Buffer.from(await readBody(...from, REPORT_MAX_BYTES)).toString('utf8');
  } catch (error) {
    if (error instanceof ParamsError) return '';
    throw error;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function originOf(blocked: string): string {
  return URL.canParse(blocked) ? new URL(blocked).origin : plain(blocked);
}

function plain(word: string): string {
  return word.replace(/[^a-z-]/g, '').slice(0, 40);
}
