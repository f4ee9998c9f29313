import { z } from 'zod';
import { type ApiKey, loadApiKey, saveRevoked } from '#db/api-key.repository.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

export const RevokeApiKeyInput = z.strictObject({ apiKeyId: z.int().positive() });

/** The next request with this key is refused. Refuses `not_found` and `already_in_state`. */
export async function revokeApiKey(ctx: SystemCtx, raw: z.input<typeof RevokeApiKeyInput>): Promise<ApiKey> {
  requireSystem(ctx);
  const { apiKeyId } = RevokeApiKeyInput.parse(raw);
  return ctx.inTransaction(async (tx) => {
    const before = await loadApiKey(tx, apiKeyId, { lock: true });
    if (before.revokedAtMs !== null) refuse('already_in_state', { apiKeyId, state: 'revoked' });
    const after = { ...before, revokedAtMs: ctx.now() };
    await saveRevoked(tx, apiKeyId, after.revokedAtMs);
    await recordAudit(tx, ctx, {
      action: 'api_key.revoke',
      objectType: 'api_key',
      objectId: apiKeyId,
      before,
      after,
    });
    return after;
  });
}
