import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { listCollections } from '#db/collection.repository.ts';
import { openDatabase, type Tx } from '#db/database.ts';
import { findMerchantByEmail, type Merchant } from '#db/merchant.repository.ts';
import { findByKeyHash, listProfiles } from '#db/profile.repository.ts';
import { findPasswordHash, listUsers } from '#db/user.repository.ts';
import type { Profile } from '#domain/profile.ts';
import { createApiKey } from '#services/api-key/create.ts';
import { createCollection } from '#services/collection/create.ts';
import { createSystemCtx, type SystemCtx, within } from '#services/context.ts';
import { createMerchant } from '#services/merchant/create.ts';
import { verifyMerchant } from '#services/merchant/verify.ts';
import { createProfile } from '#services/profile/create.ts';
import { openXSignatureKey } from '#services/profile/secrets.ts';
import { randomId } from '#services/random-id.ts';
import { isPassword } from '#services/secrets/password-hash.ts';
import { createSecretBox, tokenHash } from '#services/secrets/secret-box.ts';
import { addSmsCredit } from '#services/sms/credit.ts';
import { createUser } from '#services/user/create.ts';
import { resetUser } from '#services/user/reset.ts';
import type { Config } from '#worker/config.ts';

const DEMO = { name: 'Kekal Demo Sdn Bhd', email: 'kekal@demo.kekal.local' };
const PARTNER = { name: 'Rakan Demo Sdn Bhd', email: 'rakan@demo.kekal.local' };
const ADMIN = { name: 'Demo Admin', email: 'admin@demo.kekal.local' };
const COLLECTION = 'Demo collection';
const SMS_CREDIT_SEN = 10_00;

/** What one tries the demo with, as it stands in `demo.json`. */
export interface DemoSecrets {
  readonly billplz: {
    readonly api_key: string;
    readonly x_signature_key: string;
    readonly collection_id: string;
  };
  readonly orders: { readonly token: string; readonly profile_id: number };
  readonly portal: { readonly email: string; readonly password: string };
}

export interface SeedOptions {
  /** Migrated. */
  readonly databaseUrl: string;
  /** The secret key must be the same at every start; `home` holds the `demo.json` of an earlier one. */
  readonly config: Pick<Config, 'home' | 'secretKey'>;
}

const Known = z.object({
  billplz: z.object({ api_key: z.string(), collection_id: z.string() }),
  portal: z.object({ password: z.string() }),
});
type Known = z.infer<typeof Known>;

/**
 * A verified demo merchant with a sandbox profile, an administrator, an API key and a collection, and a second verified
 * merchant (`rakan@demo.kekal.local`) for splits. Doing it again changes nothing and gives the known secrets back; only
 * those that no longer open anything are made anew, because the database keeps hashes. One transaction: all or nothing.
 */
export async function seedDemo({ databaseUrl, config }: SeedOptions): Promise<DemoSecrets> {
  const known = readKnown(join(config.home, 'demo.json'));
  const database = openDatabase({ url: databaseUrl, poolMax: 1 });
  const outside = createSystemCtx(
    { database, secrets: createSecretBox(config.secretKey), publicUrl: '' },
    { actor: { kind: 'system', name: 'seed' }, requestId: randomId.request() },
  );
  try {
    return await outside.inTransaction((tx) =>
      seedWithin({ ...outside, inTransaction: (work) => work(tx) }, tx, known),
    );
  } finally {
    await database.close();
  }
}

/** Nothing where the file is missing, or was changed by hand into something else. */
function readKnown(file: string): Known | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return Known.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

async function seedWithin(ctx: SystemCtx, tx: Tx, known: Known | undefined): Promise<DemoSecrets> {
  const demo = await demoMerchant(ctx, tx, DEMO);
  await demoMerchant(ctx, tx, PARTNER);
  const profile = await demoProfile(ctx, tx, demo);
  const password = await demoPassword(ctx, tx, demo, known?.portal.password);
  const apiKey = await demoApiKey(ctx, tx, profile, known?.billplz.api_key);
  return {
    billplz: {
      api_key: apiKey,
      x_signature_key: await openXSignatureKey(tx, { ...ctx, profileId: profile.id }),
      collection_id: await demoCollection(ctx, tx, profile, known?.billplz.collection_id),
    },
    orders: { token: apiKey, profile_id: profile.id },
    portal: { email: ADMIN.email, password },
  };
}

async function demoMerchant(ctx: SystemCtx, tx: Tx, who: { name: string; email: string }): Promise<Merchant> {
  const present = await findMerchantByEmail(tx, who.email);
  if (present) return present;
  const { id } = await createMerchant(ctx, { ...who, kind: 'company' });
  return verifyMerchant(ctx, { merchantId: id });
}

async function demoProfile(
  ctx: SystemCtx,
  tx: Tx,
  { id: merchantId, name, email }: Merchant,
): Promise<Profile> {
  const [present] = await listProfiles(tx, { merchantId, limit: 1, offset: 0 });
  if (present) return present;
  const profile = await createProfile(ctx, {
    merchantId,
    name,
    mode: 'sandbox',
    contactEmail: email,
    xSignatureCallback: true,
    xSignatureRedirect: true,
    customerReceiptDelivery: true,
  });
  await addSmsCredit(within(ctx.forProfile(profile), tx), SMS_CREDIT_SEN);
  return profile;
}

async function demoPassword(
  ctx: SystemCtx,
  tx: Tx,
  { id: merchantId }: Merchant,
  known: string | undefined,
): Promise<string> {
  const password = randomBytes(15).toString('base64url');
  const users = await listUsers(tx, { merchantId, role: 'admin', limit: 100, offset: 0 });
  if (!users.some(({ email }) => email === ADMIN.email)) {
    await createUser(ctx, { ...ADMIN, merchantId, role: 'admin', password });
    return password;
  }
  if (known !== undefined && (await isPassword(await findPasswordHash(tx, ADMIN.email), known))) return known;
  await resetUser(ctx, { email: ADMIN.email, password });
  return password;
}

async function demoApiKey(
  ctx: SystemCtx,
  tx: Tx,
  { id: profileId }: Profile,
  known: string | undefined,
): Promise<string> {
  const reach = known === undefined ? [] : await findByKeyHash(tx, tokenHash(known));
  // The Billplz-compatible API wants a key that reaches exactly one profile.
  if (known !== undefined && reach.length === 1 && reach[0]?.profile.id === profileId) return known;
  const { secret } = await createApiKey(ctx, { email: ADMIN.email, profileIds: [profileId] });
  return secret;
}

async function demoCollection(
  ctx: SystemCtx,
  tx: Tx,
  profile: Profile,
  known: string | undefined,
): Promise<string> {
  const active = await listCollections(tx, profile.id, {
    kind: 'plain',
    status: 'active',
    limit: 100,
    offset: 0,
  });
  const usable = active.find(({ id }) => id === known) ?? active.find(({ title }) => title === COLLECTION);
  if (usable) return usable.id;
  const { id } = await createCollection(within(ctx.forProfile(profile), tx), { title: COLLECTION });
  return id;
}
