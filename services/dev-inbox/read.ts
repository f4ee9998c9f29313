import {
  type DevMail,
  findDevMail,
  listDevMails,
  listSandboxSms,
  type SandboxSms,
} from '#db/dev-inbox.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

export type { DevMail, SandboxSms };

const SHOWN = 200;

/** The newest mails and text messages; `to` narrows to one address or number. */
export async function readDevInbox(
  ctx: SystemCtx,
  { to }: { to?: string },
): Promise<{ mails: DevMail[]; sms: SandboxSms[] }> {
  requireSystem(ctx);
  const filter = to === undefined ? { limit: SHOWN } : { to, limit: SHOWN };
  return ctx.inTransaction(async (tx) => ({
    mails: await listDevMails(tx, filter),
    sms: await listSandboxSms(tx, filter),
  }));
}

/** One mail as it came over the wire. Refuses `not_found`. */
export async function readDevMail(ctx: SystemCtx, id: number): Promise<Buffer> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) => (await findDevMail(tx, id))?.raw ?? refuse('not_found', { id }));
}
