import type { ApiDeps } from '../deps.ts';
import type { App } from '../http/app-env.ts';
import { mountCspReports } from './csp-reports.ts';
import { mountSandboxNotices } from './sandbox-notices.ts';

/** What others post to us without a key: gateways' notices, browsers' reports. */
export function mountInbound(app: App, deps: ApiDeps): void {
  mountSandboxNotices(app, deps);
  mountCspReports(app, deps);
}
