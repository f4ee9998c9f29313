import type { Tx } from '#db/database.ts';
import { insertOutbox } from '#db/durability.repository.ts';
import type { Ctx } from '../context.ts';

export interface Message {
  /** `start`: a creation; `tell`: something was written, look again. */
  readonly kind: 'start' | 'tell';
  readonly workflowType: string;
  readonly workflowId: string;
  /** The workflow's ids; the relay adds what configuration decides. */
  readonly input: object;
  readonly objectId: string;
  readonly summary: string;
}

/** Promises, in this transaction, that a workflow will hear of it; the relay keeps the promise, at least once. */
export async function enqueue(tx: Tx, ctx: Ctx, message: Message): Promise<void> {
  await insertOutbox(tx, {
    ...message,
    input: { profileId: ctx.profileId, ...message.input },
    profileId: ctx.profileId,
    mode: ctx.profile.mode,
    requestId: ctx.requestId,
  });
}
