import { claimIdempotencyKey, storeIdempotentAnswer } from '#db/idempotency.repository.ts';
import { refuse } from '#domain/refusal.ts';
import { type Ctx, within } from '../context.ts';

/** A write under a key; the scope is profile, method and path. */
export interface KeyedRequest {
  readonly method: string;
  readonly path: string;
  /** 1 to 255 printable ASCII characters. */
  readonly key: string;
  /** SHA-256 of the parameters. */
  readonly requestHash: Buffer;
}

export interface KeyedAnswer {
  readonly body: string;
  /** The answer is that of an earlier, equal request. */
  readonly isReplay: boolean;
}

/**
 * Does a write once per key: `work` runs in the transaction that holds the key, through the `Ctx` that it is given, and
 * its answer is stored with what it wrote. An equal request gets that answer; an error leaves nothing behind, not even
 * the key. An equal request that is still running is waited for, up to 10 s.
 * Refuses `idempotency_key_reused`, `idempotency_key_in_progress`. Source: decisions.md, "Idempotency".
 */
export async function once(
  request: KeyedRequest,
  ctx: Ctx,
  work: (ctx: Ctx) => Promise<string>,
): Promise<KeyedAnswer> {
  return ctx.inTransaction(async (tx) => {
    const scope = { profileId: ctx.profileId, method: request.method, path: request.path, key: request.key };
    const claim = await claimIdempotencyKey(tx, {
      ...scope,
      requestHash: request.requestHash,
      atMs: ctx.now(),
    });
    if (claim.kind === 'busy') return refuse('idempotency_key_in_progress');
    if (claim.kind === 'answered') {
      if (!claim.requestHash.equals(request.requestHash)) return refuse('idempotency_key_reused');
      return { body: claim.body, isReplay: true };
    }
    const body = await work(within(ctx, tx));
    await storeIdempotentAnswer(tx, scope, body);
    return { body, isReplay: false };
  });
}
