import { z } from 'zod';
import { commandCallback } from '#services/callback/command.ts';
import { showCallback } from '#services/callback/read.ts';
import { callbackWorkflowId } from '#workflows/callback/contract.ts';
import { procedureFor, router } from './base.ts';
import { attemptView, callbackRow } from './views.ts';
import { workflowUrl } from './workflow-url.ts';

const CallbackId = z.string().min(1).max(64);

/** Of a redelivery, of a cancellation, or why the workflow could not carry the command out. */
const Outcome = z.union([
  z
    .object({ outcome: z.enum(['delivered', 'failed', 'refused']), httpStatus: z.int().nullable() })
    .transform((attempt) => ({ kind: 'attempted' as const, ...attempt })),
  z.object({ done: z.literal(true) }).transform(() => ({ kind: 'done' as const })),
  z.object({ refused: z.string() }).transform(({ refused }) => ({ kind: 'refused' as const, code: refused })),
]);

export const callbackRouter = router({
  /** Every attempt made and, from the running workflow, those to come (`plan` is null when it cannot be asked). */
  get: procedureFor('callback:view')
    .input(z.strictObject({ callbackId: CallbackId }))
    .query(async ({ ctx, input }) => {
      const { deps, profile } = ctx;
      const { callback, attempts, plan } = await showCallback(
        ctx.profileCtx,
        deps.workflows,
        input.callbackId,
      );
      return {
        ...callbackRow(callback),
        body: callback.body,
        schedule: callback.schedule.name,
        attempts: attempts.map(attemptView),
        plan,
        workflowUrl: workflowUrl(deps.temporalUiUrl, profile.mode, callbackWorkflowId(callback.id)),
      };
    }),

  /** Waits for the outcome; null: it is still going to happen. The same key again is the same command. */
  redeliver: procedureFor('callback:redeliver')
    .input(z.strictObject({ callbackId: CallbackId, idempotencyKey: z.uuid() }))
    .mutation(async ({ ctx, input }) => commanded(ctx, { ...input, verb: 'redeliver' })),

  /** No further attempt of the schedule. */
  cancel: procedureFor('callback:redeliver')
    .input(z.strictObject({ callbackId: CallbackId, idempotencyKey: z.uuid() }))
    .mutation(async ({ ctx, input }) => commanded(ctx, { ...input, verb: 'cancel' })),
});

type Command = Parameters<typeof commandCallback>;

async function commanded(ctx: { deps: Command[1]; profileCtx: Command[0] }, input: Command[2]) {
  const { id, outcome } = await commandCallback(ctx.profileCtx, { signals: ctx.deps.signals }, input);
  return { commandId: id, outcome: outcome && Outcome.parse(outcome) };
}
