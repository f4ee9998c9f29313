import { pressBankButton, readBankPage } from '#services/inbound/bank-session.ts';
import type { BankButton } from '#services/inbound/sandbox-bank.ts';
import type { ApiDeps } from '../deps.ts';
import type { App, AppContext } from '../http/app-env.ts';
import { answerPage } from './answer.ts';
import { bankView } from './bank-view.ts';
import { answerError } from './error-page.ts';
import { answerGoOn } from './go-on-page.ts';
import { readForm } from './read-form.ts';
import { languageFor } from './reader.ts';

const BUTTONS: readonly BankButton[] = ['success', 'fail', 'pending'];

/** The built-in bank's page, for sandbox payments only. Source: gateways.md 2, "Online banking". */
export function mountSandboxBanking(app: App, deps: ApiDeps): void {
  const bank = deps.sandboxBank;

  app.get('/sandbox/banking/:session', async (c) => {
    const page = await readBankPage(systemOf(c, deps), bank, c.req.param('session'));
    return answerPage(c, 200, bankView(page, languageFor(c, page.language)));
  });

  app.post('/sandbox/banking/:session', async (c) => {
    const form = await readForm(c);
    if (form instanceof Response) return form;
    const button = BUTTONS.find((known) => known === form.get('button'));
    if (!button) return answerError(c, 'refused');
    const system = systemOf(c, deps);
    const sessionId = c.req.param('session');
    const session = await pressBankButton(system, { bank, gateways: deps.gateways }, { sessionId, button });
    const page = await readBankPage(system, bank, sessionId);
    const language = languageFor(c, page.language);
    // Left pending, the bank's page stays: whoever tests settles it here, or goes back.
    if (session.state === 'pending') return answerPage(c, 200, bankView(page, language));
    const { merchantName } = page;
    return answerGoOn(c, { url: session.returnUrl, towards: 'page', language, merchantName, sandbox: true });
  });
}

function systemOf(c: AppContext, deps: ApiDeps) {
  const { requestId, origin } = c.var;
  return deps.systemCtx({ requestId, publicUrl: origin.publicUrl });
}
