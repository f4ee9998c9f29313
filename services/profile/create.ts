import { z } from 'zod';
import type { Tx } from '#db/database.ts';
import { loadMerchant } from '#db/merchant.repository.ts';
import { insertProfile, loadProfile } from '#db/profile.repository.ts';
import { insertReach, listUsers } from '#db/user.repository.ts';
import type { Profile } from '#domain/profile.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { drawProfileSecrets } from './secrets.ts';
import { ProfileSwitchesInput } from './switches.ts';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const ADMINS_MAX = 1_000;

const { shape } = ProfileSwitchesInput;

/** The two X Signature switches have no default: whoever makes a profile decides them. */
export const CreateProfileInput = z.strictObject({
  merchantId: z.int().positive(),
  /** Never changes. */
  mode: z.enum(['live', 'sandbox']),
  /** ISO 4217; never changes. */
  currency: z
    .string()
    .refine((code) => CURRENCIES.has(code), 'must be a currency such as MYR')
    .default('MYR'),
  ...shape,
  language: shape.language.default('en'),
  timeZone: shape.timeZone.default('Asia/Kuala_Lumpur'),
  callbackSchedule: shape.callbackSchedule.default('billplz'),
  extraPaymentCompletion: shape.extraPaymentCompletion.default(false),
  customerReceiptDelivery: shape.customerReceiptDelivery.default(false),
  rateLevel: shape.rateLevel.default('unlimited'),
});

/**
 * A business case of a merchant with an X Signature key and a webhook secret of its own. The merchant's administrators
 * reach it at once. Refuses `not_found` for an unknown merchant. Source: decisions.md, "Words" and "Callback schedule".
 */
export async function createProfile(
  ctx: SystemCtx,
  raw: z.input<typeof CreateProfileInput>,
): Promise<Profile> {
  requireSystem(ctx);
  const input = CreateProfileInput.parse(raw);
  return ctx.inTransaction(async (tx) => {
    await loadMerchant(tx, input.merchantId, { lock: true }); // a user who is made meanwhile waits, and sees it
    const id = await insertProfile(tx, {
      ...input,
      ...drawProfileSecrets(ctx.secrets),
      createdAtMs: ctx.now(),
    });
    await letAdministratorsReach(tx, input.merchantId, id);
    const profile = await loadProfile(tx, id);
    await recordAudit(
      tx,
      { ...ctx, profileId: id },
      { action: 'profile.create', objectType: 'profile', objectId: id, after: profile },
    );
    return profile;
  });
}

async function letAdministratorsReach(tx: Tx, merchantId: number, profileId: number): Promise<void> {
  const administrators = await listUsers(tx, { merchantId, role: 'admin', limit: ADMINS_MAX, offset: 0 });
  for (const { id } of administrators) await insertReach(tx, id, profileId);
}
