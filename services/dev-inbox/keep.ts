import { insertDevMail } from '#db/dev-inbox.repository.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

/** The development inbox stays small. */
const KEPT = 1_000;

export interface ArrivedMail {
  /** Addresses of the envelope. */
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  /** As it came over the wire. */
  readonly raw: Buffer;
}

/** Keeps a mail that came to the development inbox; the newest thousand stay. */
export async function keepDevMail(ctx: SystemCtx, mail: ArrivedMail): Promise<void> {
  requireSystem(ctx);
  await ctx.inTransaction((tx) => insertDevMail(tx, mail, KEPT));
}
