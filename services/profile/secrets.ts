import { randomBytes } from 'node:crypto';
import type { Tx } from '#db/database.ts';
import { loadSealedSecrets } from '#db/profile.repository.ts';
import type { SecretBox } from '../secrets/secret-box.ts';

// A sealed value opens only under its own purpose, so neither secret can be put in the other's place.
const X_SIGNATURE_KEY = 'profile.x_signature_key';
const WEBHOOK_SECRET = 'profile.webhook_secret';

const X_SIGNATURE_KEY_BYTES = 64;
const WEBHOOK_SECRET_BYTES = 32;

/** Whose secrets: a `Ctx` as it is, or a `SystemCtx` with the profile's id. */
export interface SecretsOf {
  readonly profileId: number;
  readonly secrets: SecretBox;
}

/** Fresh secrets of a profile as they are stored. */
export function drawProfileSecrets(secrets: SecretBox) {
  const xSignatureKey = randomBytes(X_SIGNATURE_KEY_BYTES).toString('hex');
  const webhookSecret = `whsec_${randomBytes(WEBHOOK_SECRET_BYTES).toString('base64')}`;
  return {
    xSignatureKeySealed: secrets.seal(X_SIGNATURE_KEY, xSignatureKey),
    webhookSecretSealed: secrets.seal(WEBHOOK_SECRET, webhookSecret),
  };
}

/** 128 hex digits: the key of `x_signature`, used as text. Throws when KEKAL_SECRET_KEY is not the one that sealed it. */
export async function openXSignatureKey(tx: Tx, of: SecretsOf): Promise<string> {
  const sealed = await loadSealedSecrets(tx, of.profileId);
  return open(of, X_SIGNATURE_KEY, sealed.x_signature_key_sealed);
}

/** `whsec_` and 32 bytes in base64, as Standard Webhooks write a secret. Throws like `openXSignatureKey`. */
export async function openWebhookSecret(tx: Tx, of: SecretsOf): Promise<string> {
  const sealed = await loadSealedSecrets(tx, of.profileId);
  return open(of, WEBHOOK_SECRET, sealed.webhook_secret_sealed);
}

function open({ profileId, secrets }: SecretsOf, purpose: string, sealed: Buffer): string {
  try {
    return secrets.open(purpose, sealed);
  } catch (cause) {
    throw new Error(`The secrets of profile ${profileId} were sealed with another KEKAL_SECRET_KEY.`, {
      cause,
    });
  }
}
