import type { Context } from 'hono';
import { PREDICATE, sentenceOf } from '#domain/billplz-sentence.ts';
import { refuse } from '#domain/refusal.ts';
import { resolveApiKey } from '#services/api-key/resolve.ts';
import type { Ctx, SystemCtx } from '#services/context.ts';
import { basicKey, bearerToken } from '../http/basic-key.ts';
import { ACCESS_DENIED, BillplzError, invalid } from './errors.ts';
import type { BillplzEnv } from './billplz-env.ts';

/** Who calls: one profile that the key opens, as the key's user. Throws 401. */
export type Authenticate = (c: Context<BillplzEnv>, system: SystemCtx) => Promise<Ctx>;

type Reach = Awaited<ReturnType<typeof resolveApiKey>>[number];

/** HTTP Basic with a key that reaches exactly one profile. Source: billplz-api.md 1, "Auth". */
export const byBasicKey: Authenticate = async (c, system) => {
  const [only, ...others] = await reachOf(system, basicKey(c.req.header('authorization')));
  return only && others.length === 0 ? asUser(system, only) : denied();
};

/**
 * Basic or Bearer; a key of several profiles names one with the query parameter `profile_id`. Source: decisions.md,
 * "Durability"; orders.md 1.1.
 */
export const byAnyKey: Authenticate = async (c, system) => {
  const header = c.req.header('authorization');
  const reach = await reachOf(system, basicKey(header) ?? bearerToken(header));
  if (reach.length === 0) return denied();
  const wanted = c.req.query('profile_id')?.trim() ?? '';
  if (wanted !== '') {
    if (!/^\d{1,15}$/.test(wanted))
      throw new BillplzError(invalid(sentenceOf(['profile_id'], PREDICATE.invalid)));
    return asUser(system, reach.find(({ profile }) => profile.id === Number(wanted)) ?? refuse('not_found'));
  }
  const [only, ...others] = reach;
  if (only && others.length === 0) return asUser(system, only);
  throw new BillplzError(invalid(sentenceOf(['profile_id'], PREDICATE.blank)));
};

async function reachOf(system: SystemCtx, key: string | undefined): Promise<readonly Reach[]> {
  return key === undefined ? [] : resolveApiKey(system, key);
}

function asUser(system: SystemCtx, { profile, userId, role }: Reach): Ctx {
  return system.forProfile(profile, { kind: 'user', userId, role, via: 'api' });
}

function denied(): never {
  throw new BillplzError(ACCESS_DENIED);
}
