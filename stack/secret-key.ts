import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 32;

/** The key that encrypts stored secrets of this home: made once, readable by its owner only, never replaced. */
export function developmentSecretKey(home: string): string {
  const file = join(home, 'secret.key');
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}
