import { Hono, type MiddlewareHandler } from 'hono';
import type { ApiDeps } from '../deps.ts';
import type { App } from '../http/app-env.ts';
import { byAnyKey, byBasicKey } from './authenticate.ts';
import type { BillplzEnv } from './billplz-env.ts';
import { mountBankVerifications } from './bank-verifications.ts';
import { mountBills } from './bills.ts';
import { mountCollectionsV3, mountCollectionsV4 } from './collections.ts';
import { BillplzError, NOT_FOUND } from './errors.ts';
import { errorHandler, gate } from './gate.ts';
import { mountOpenCollectionsV3, mountOpenCollectionsV4 } from './open-collections.ts';
import { mountPaymentMethods } from './payment-methods.ts';
import { mountReceiptDelivery } from './receipt-delivery.ts';
import { mountSandboxPayments, mountSandboxTime } from './sandbox.ts';
import { mountFpxBanks, mountStandingV4 } from './standing.ts';

/** The Billplz-compatible API; what is under `/api` and nobody else's is its 404. Mounted last of all under `/api`. */
export function mountBillplz(app: App, deps: ApiDeps): void {
  const basic = gate(deps, byBasicKey);
  const part = (
    path: string,
    gated: MiddlewareHandler<BillplzEnv>,
    mount: (part: Hono<BillplzEnv>) => void,
  ) => {
    const routes = new Hono<BillplzEnv>();
    routes.onError(errorHandler(deps.log));
    routes.use('*', gated);
    mount(routes);
    routes.all('*', () => {
      throw new BillplzError(NOT_FOUND);
    });
    app.route(path, routes);
  };
  part('/api/v3', basic, (v3) => {
    mountCollectionsV3(v3);
    mountOpenCollectionsV3(v3);
    mountPaymentMethods(v3);
    mountBills(v3);
    mountBankVerifications(v3);
    mountFpxBanks(v3);
  });
  part('/api/v4', basic, (v4) => {
    mountCollectionsV4(v4);
    mountOpenCollectionsV4(v4);
    mountReceiptDelivery(v4);
    mountStandingV4(v4);
  });
  part('/api/sandbox/time', gate(deps, byAnyKey), (time) => mountSandboxTime(time, deps));
  part('/api/sandbox', basic, (sandbox) => mountSandboxPayments(sandbox, deps));
  part('/api', basic, () => {});
}
