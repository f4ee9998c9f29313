import { Refusal, type RefusalCode } from '#domain/refusal.ts';
import { type BillPage, type Choice, readBillPage } from '#services/bill/bill-page.ts';
import { openAsPayer } from '#services/bill/open-as-payer.ts';
import { payDirectly, readDirectTicket } from '#services/bill/pay-directly.ts';
import type { Ctx } from '#services/context.ts';
import { takeReturn } from '#services/inbound/take-return.ts';
import { type StartedPayment, startPayment } from '#services/payment/start.ts';
import type { ApiDeps } from '../deps.ts';
import type { App, AppContext } from '../http/app-env.ts';
import { answerPage, answerRedirect } from './answer.ts';
import { billView, type FormProblem } from './bill-view.ts';
import { answerError } from './error-page.ts';
import { answerGoOn } from './go-on-page.ts';
import { type Around, expiredView, failureView, waitingView } from './outcome-views.ts';
import { readForm } from './read-form.ts';
import { languageFor } from './reader.ts';
import { receiptView } from './receipt-view.ts';
import { isPrefetch } from './same-site.ts';

/** Tries to pay one bill in a window: more than any payer needs, fewer than a script wants. */
const TRIES = { limit: 30, windowS: 300 };
const LOOK_AGAIN_S = 10;

/** The pages of a bill. Source: billplz-api.md 3.5, 4 and 6. */
export function mountBills(app: App, deps: ApiDeps): void {
  app.get('/bills/:id', async (c) => {
    const ctx = await payerOf(c, deps);
    const bill = await readBillPage(ctx, c.req.param('id'));
    const goesDirectly = c.req.query('auto_submit') === 'true' && bill.direct !== null && !bill.pending;
    return goesDirectly ? answerDirect(c, ctx, bill) : answerBill(c, ctx, bill);
  });

  app.post('/bills/:id/payments', async (c) => {
    const form = await readForm(c);
    if (form instanceof Response) return form;
    const ctx = await payerOf(c, deps);
    const tooMany = await refuseFlood(c, deps);
    if (tooMany) return tooMany;
    const billId = c.req.param('id');
    const chosen = choiceOf(form.get('bank'));
    if (!chosen) return answerProblem(c, ctx, 'chooseABank');
    try {
      const confirmed = form.get('confirmed') === 'yes';
      const started = await startPayment(ctx, deps.gateways, { billId, ...chosen, confirmed });
      const url = wayToBank(started);
      return answerGoOn(c, { ...aroundOf(c, ctx), url, towards: 'bank' });
    } catch (error) {
      const problem = problemOf(error);
      if (problem === undefined) throw error;
      return answerProblem(c, ctx, problem, chosen);
    }
  });

  app.get('/bills/:id/direct/:ticket', async (c) => {
    const billId = c.req.param('id');
    // Whoever looks without going there makes no payment.
    if (c.req.method === 'HEAD' || isPrefetch(c.req.raw.headers)) return answerError(c, 'unavailable');
    const ctx = await payerOf(c, deps);
    const tooMany = await refuseFlood(c, deps);
    if (tooMany) return tooMany;
    try {
      return answerRedirect(
        c,
        wayToBank(await payDirectly(ctx, deps.gateways, billId, c.req.param('ticket'))),
      );
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'not_found') throw error;
      return answerRedirect(c, `/bills/${billId}`);
    }
  });

  app.on(['GET', 'POST'], '/bills/:id/payments/:paymentId/return', async (c) => {
    const ctx = await payerOf(c, deps);
    const billId = c.req.param('id') ?? '';
    const paymentId = c.req.param('paymentId') ?? '';
    const { payment, wayOn } = await takeReturn(ctx, deps.gateways, { billId, paymentId });
    const around = aroundOf(c, ctx);
    if (c.req.method === 'POST') {
      return answerGoOn(c, { ...around, url: wayOn ?? c.req.path, towards: wayOn ? 'merchant' : 'page' });
    }
    if (wayOn !== null) return answerRedirect(c, wayOn);
    const bill = await openPage(ctx, billId);
    switch (payment.status) {
      case 'completed':
        return bill?.receipt
          ? answerPage(
              c,
              200,
              receiptView(bill, bill.receipt, around.language, { paidTwice: payment.excess }),
            )
          : answerError(c, 'notFound');
      case 'failed':
        return answerPage(c, 200, failureView({ ...around, bill }, around.language, payment.failure));
      case 'pending':
        return answerPage(c, 200, waitingView({ ...around, bill }, around.language, c.req.path), {
          Refresh: `${LOOK_AGAIN_S}; url=${c.req.path}`,
        });
    }
  });
}

async function payerOf(c: AppContext, deps: ApiDeps): Promise<Ctx> {
  const { requestId, origin } = c.var;
  return openAsPayer(deps.systemCtx({ requestId, publicUrl: origin.publicUrl }), c.req.param('id') ?? '');
}

function answerBill(c: AppContext, ctx: Ctx, bill: BillPage): Response {
  const language = languageFor(c, ctx.profile.language);
  if (bill.standing === 'expired') return answerPage(c, 410, expiredView(bill, language));
  return answerPage(
    c,
    200,
    bill.receipt ? receiptView(bill, bill.receipt, language) : billView(bill, language),
  );
}

async function answerDirect(c: AppContext, ctx: Ctx, bill: BillPage): Promise<Response> {
  const ticket = await readDirectTicket(ctx, bill.billId);
  return answerGoOn(c, {
    ...aroundOf(c, ctx),
    url: `/bills/${bill.billId}/direct/${ticket}`,
    towards: 'bank',
  });
}

/** The bill again with what was wrong; one that can no longer be paid shows what it is now. */
async function answerProblem(
  c: AppContext,
  ctx: Ctx,
  problem: FormProblem,
  chosen?: Choice,
): Promise<Response> {
  const bill = await readBillPage(ctx, c.req.param('id') ?? '');
  if (bill.standing !== 'due') return answerBill(c, ctx, bill);
  const language = languageFor(c, ctx.profile.language);
  const page = billView(bill, language, { problem, ...(chosen ? { chosen } : {}) });
  return answerPage(c, problem === 'confirmFirst' ? 409 : 422, page);
}

async function refuseFlood(c: AppContext, deps: ApiDeps): Promise<Response | undefined> {
  const key = `pay:${c.req.param('id') ?? ''}`;
  const { allowed, resetS } = await deps.rateLimiter.take(key, TRIES.limit, TRIES.windowS);
  return allowed ? undefined : answerError(c, 'tooMany', { retryAfterS: resetS });
}

/** The bank's page; where the gateway gave its word at once, the page that tells it. */
function wayToBank({ payment, redirectUrl }: StartedPayment): string {
  return redirectUrl ?? `/bills/${payment.billId}/payments/${payment.id}/return`;
}

function aroundOf(c: AppContext, ctx: Ctx): Omit<Around, 'bill'> & { language: 'en' | 'ms' } {
  return {
    language: languageFor(c, ctx.profile.language),
    merchantName: ctx.profile.merchantName,
    sandbox: ctx.profile.mode === 'sandbox',
  };
}

/** `fpx:TEST0001` as the form sends it. */
function choiceOf(field: string | null): Choice | undefined {
  const [method, bankCode] = (field ?? '').split(':', 2);
  return method && bankCode && method.length <= 20 && bankCode.length <= 20
    ? { method, bankCode }
    : undefined;
}

const PROBLEMS: Partial<Record<RefusalCode, FormProblem>> = {
  payment_in_progress: 'confirmFirst',
  not_offered: 'notOffered',
  bill_not_payable: 'noMethod',
  account_not_eligible: 'noMethod',
  currency_not_supported: 'noMethod',
};

function problemOf(error: unknown): FormProblem | undefined {
  return error instanceof Refusal ? PROBLEMS[error.code] : undefined;
}

/** The bill's page data; null where its page is closed. */
async function openPage(ctx: Ctx, billId: string): Promise<BillPage | null> {
  try {
    return await readBillPage(ctx, billId);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null;
    throw error;
  }
}
