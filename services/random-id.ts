import { randomBytes, randomInt } from 'node:crypto';

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Ids as the Billplz-compatible API shows them, from a CSPRNG. Source: decisions.md, "Money, time, ids". */
export const randomId = {
  /** 16 lower-case hex digits. */
  bill: () => randomBytes(8).toString('hex'),
  /** 8 lower-case base-36 characters, for collections of every kind and MPIs. */
  collection: () => Array.from({ length: 8 }, () => BASE36[randomInt(36)]).join(''),
  /** 12 upper-case hex digits. */
  transaction: () => randomBytes(6).toString('hex').toUpperCase(),
  /** The `webhook-id` of a callback. */
  callback: () => `cb_${randomBytes(12).toString('hex')}`,
  mail: () => `ml_${randomBytes(12).toString('hex')}`,
  refund: () => `rf_${randomBytes(12).toString('hex')}`,
  bankVerification: () => `bv_${randomBytes(12).toString('hex')}`,
  /** A bearer token of 256 bits, for sessions and links. */
  token: () => randomBytes(32).toString('base64url'),
  request: () => `req_${randomBytes(9).toString('base64url')}`,
};

const DRAWS = 5;

/** Draws ids until `insert` says that it took one; short ids do meet, once in a blue moon. */
export async function withFreshId(
  draw: () => string,
  insert: (id: string) => Promise<boolean>,
): Promise<string> {
  for (let left = DRAWS; left > 0; left -= 1) {
    const id = draw();
    if (await insert(id)) return id;
  }
  throw new Error(`${DRAWS} fresh ids in a row were taken`);
}
