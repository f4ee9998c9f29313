import { hash, verify } from '@node-rs/argon2';

/** argon2id (the library's default) with 19 MiB, two passes, one lane: OWASP's first recommendation. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// Of a password that nobody knows. Checking against it takes as long as checking against a real one.
let nobody: Promise<string> | undefined;

/** How passwords are kept: as a PHC string with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** False for a user without a password or an unknown one (`null`) too, after the same time. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(crypto.randomUUID());
  const matches = await verify(passwordHash ?? (await nobody), password);
  return matches && passwordHash !== null;
}
