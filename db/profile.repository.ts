import type { Profile } from '#domain/profile.ts';
import { refuse } from '#domain/refusal.ts';
import type { Role } from '#domain/tenant.ts';
import type { Tx } from './database.ts';

/** The profile with what its merchant decides, by id. Refuses `not_found`. */
export async function loadProfile(tx: Tx, profileId: number): Promise<Profile> {
  const row = await profiles(tx).where('profiles.id', '=', profileId).executeTakeFirst();
  return row ? toProfile(row) : refuse('not_found', { profileId });
}

/** Every profile that an active key reaches, with the key's owner; empty when the key is unknown or revoked. */
export async function findByKeyHash(tx: Tx, keyHash: Buffer): Promise<KeyReach[]> {
  const rows = await profiles(tx)
    .innerJoin('api_key_profiles', 'api_key_profiles.profile_id', 'profiles.id')
    .innerJoin('api_keys', 'api_keys.id', 'api_key_profiles.api_key_id')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .select(['api_keys.id as key_id', 'api_keys.last_used_at', 'users.id as user_id', 'users.role'])
    .where('api_keys.key_hash', '=', keyHash)
    .where('api_keys.revoked_at', 'is', null)
    .where('users.active', '=', true)
    .where('users.api_access', '=', true)
    .limit(100)
    .execute();
  return rows.map((row) => ({
    keyId: row.key_id,
    lastUsedAtMs: row.last_used_at?.getTime() ?? 0,
    userId: row.user_id,
    role: row.role,
    profile: toProfile(row),
  }));
}

export interface KeyReach {
  readonly keyId: number;
  readonly lastUsedAtMs: number;
  readonly userId: number;
  readonly role: Role;
  readonly profile: Profile;
}

/** Sealed secrets of one profile. */
export async function loadSealedSecrets(tx: Tx, profileId: number) {
  return tx
    .selectFrom('profiles')
    .select(['x_signature_key_sealed', 'webhook_secret_sealed'])
    .where('id', '=', profileId)
    .executeTakeFirstOrThrow();
}

function profiles(tx: Tx) {
  return tx
    .selectFrom('profiles')
    .innerJoin('merchants', 'merchants.id', 'profiles.merchant_id')
    .select([
      'profiles.id',
      'profiles.merchant_id',
      'profiles.name',
      'profiles.mode',
      'profiles.currency',
      'profiles.time_zone',
      'profiles.language',
      'profiles.contact_email',
      'profiles.callback_schedule',
      'profiles.x_signature_callback',
      'profiles.x_signature_redirect',
      'profiles.extra_payment_completion',
      'profiles.rate_level',
      'merchants.name as merchant_name',
      'merchants.kind',
      'merchants.verified_at',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof profiles>['executeTakeFirstOrThrow']>>;

function toProfile(row: Row): Profile {
  return {
    id: row.id,
    merchantId: row.merchant_id,
    name: row.name,
    mode: row.mode,
    currency: row.currency,
    timeZone: row.time_zone,
    language: row.language,
    contactEmail: row.contact_email,
    callbackSchedule: row.callback_schedule,
    xSignatureCallback: row.x_signature_callback,
    xSignatureRedirect: row.x_signature_redirect,
    extraPaymentCompletion: row.extra_payment_completion,
    rateLevel: row.rate_level,
    merchantName: row.merchant_name,
    eligible: row.kind === 'company' && row.verified_at !== null,
  };
}
