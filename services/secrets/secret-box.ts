import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Seals secrets at rest with AES-256-GCM; `purpose` is authenticated, so a sealed value opens only where it belongs. */
export interface SecretBox {
  seal(purpose: string, secret: string): Buffer;
  /** Throws when the key is another one or the bytes were changed. */
  open(purpose: string, sealed: Buffer): string;
  /** 32 bytes for another use of the same master key. */
  derive(purpose: string): Buffer;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 1;

/** `masterKey`: 32 bytes (`KEKAL_SECRET_KEY`). */
export function createSecretBox(masterKey: Buffer): SecretBox {
  if (masterKey.length !== 32) throw new RangeError(`the secret key has ${masterKey.length} bytes, not 32`);
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', masterKey, 'kekal', purpose, 32));
  const sealKey = derive('seal');
  return {
    derive,
    seal(purpose, secret) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body]);
    },
    open(purpose, sealed) {
      if (sealed[0] !== VERSION) throw new RangeError('sealed by another version');
      const iv = sealed.subarray(1, 1 + IV_BYTES);
      const tag = sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(purpose));
      decipher.setAuthTag(tag);
      const body = sealed.subarray(1 + IV_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
}

/** How tokens and API keys are kept: 256 random bits need no salt and no slow hash. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
