import type { Profile } from '#domain/profile.ts';
import { refuse } from '#domain/refusal.ts';
import type { Role } from '#domain/tenant.ts';
import type { Tx } from './database.ts';

/** The profile with what its merchant decides, by id. Refuses `not_found`. `lock` holds it until the end. */
export async function loadProfile(
  tx: Tx,
  profileId: number,
  options: { lock?: boolean } = {},
): Promise<Profile> {
  const row = await profiles(tx)
    .where('profiles.id', '=', profileId)
    .$if(options.lock === true, (q) => q.forUpdate('profiles'))
    .executeTakeFirst();
  return row ? toProfile(row) : refuse('not_found', { profileId });
}

/** One page, oldest first; without `merchantId` those of every merchant. Role `kekal_system`. */
export async function listProfiles(
  tx: Tx,
  filter: { merchantId?: number; ids?: readonly number[]; limit: number; offset: number },
): Promise<Profile[]> {
  const rows = await profiles(tx)
    .$if(filter.merchantId !== undefined, (q) =>
      q.where('profiles.merchant_id', '=', filter.merchantId as number),
    )
    .$if(filter.ids !== undefined, (q) => q.where('profiles.id', 'in', filter.ids as number[]))
    .orderBy('profiles.id')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return rows.map(toProfile);
}

/** What of a profile may change after it was made. */
export type ProfileSwitches = Omit<
  Profile,
  'id' | 'merchantId' | 'mode' | 'currency' | 'merchantName' | 'eligible'
>;

export interface NewProfile extends ProfileSwitches, Pick<Profile, 'merchantId' | 'mode' | 'currency'> {
  readonly xSignatureKeySealed: Buffer;
  readonly webhookSecretSealed: Buffer;
  readonly createdAtMs: number;
}

/** Gives the new profile's id. Role `kekal_system`. */
export async function insertProfile(tx: Tx, profile: NewProfile): Promise<number> {
  const { id } = await tx
    .insertInto('profiles')
    .values({
      ...switchColumns(profile),
      merchant_id: profile.merchantId,
      mode: profile.mode,
      currency: profile.currency,
      x_signature_key_sealed: profile.xSignatureKeySealed,
      webhook_secret_sealed: profile.webhookSecretSealed,
      created_at: new Date(profile.createdAtMs),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Mode and currency are not among what it writes: they never change. Role `kekal_system`. */
export async function saveProfile(tx: Tx, profileId: number, switches: ProfileSwitches): Promise<void> {
  await tx.updateTable('profiles').set(switchColumns(switches)).where('id', '=', profileId).execute();
}

function switchColumns(profile: ProfileSwitches) {
  return {
    name: profile.name,
    time_zone: profile.timeZone,
    language: profile.language,
    contact_email: profile.contactEmail,
    callback_schedule: profile.callbackSchedule,
    x_signature_callback: profile.xSignatureCallback,
    x_signature_redirect: profile.xSignatureRedirect,
    extra_payment_completion: profile.extraPaymentCompletion,
    customer_receipt_delivery: profile.customerReceiptDelivery,
    rate_level: profile.rateLevel,
  };
}

/**
 * Every profile that an active key and its owner both reach, by id, with the owner; empty when the key is unknown or
 * revoked, or its owner may no longer use the APIs.
 */
export async function findByKeyHash(tx: Tx, keyHash: Buffer): Promise<KeyReach[]> {
  const rows = await profiles(tx)
    .innerJoin('api_key_profiles', 'api_key_profiles.profile_id', 'profiles.id')
    .innerJoin('api_keys', 'api_keys.id', 'api_key_profiles.api_key_id')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .innerJoin('user_profiles', (join) =>
      join
        .onRef('user_profiles.user_id', '=', 'users.id')
        .onRef('user_profiles.profile_id', '=', 'profiles.id'),
    )
    .select(['api_keys.id as key_id', 'api_keys.last_used_at', 'users.id as user_id', 'users.role'])
    .where('api_keys.key_hash', '=', keyHash)
    .where('api_keys.revoked_at', 'is', null)
    .where('users.active', '=', true)
    .where('users.api_access', '=', true)
    .orderBy('profiles.id')
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
      'profiles.customer_receipt_delivery',
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
    customerReceiptDelivery: row.customer_receipt_delivery,
    rateLevel: row.rate_level,
    merchantName: row.merchant_name,
    eligible: row.kind === 'company' && row.verified_at !== null,
  };
}
