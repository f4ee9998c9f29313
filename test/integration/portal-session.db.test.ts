import { afterAll, beforeAll, expect, test } from 'vitest';
import { resetUser } from '#services/user/reset.ts';
import { tokenHash } from '#services/secrets/secret-box.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { openApi, type TestApi } from '../fixtures/api.ts';
import { newBill } from '../fixtures/bill.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { newPerson, PASSWORD, PortalTab, signedInTab } from '../fixtures/portal.ts';
import { secondProfile } from '../fixtures/second-profile.ts';
import { asOwner } from '../fixtures/sql.ts';

let bed: Testbed;
let api: TestApi;
let merchant: TestMerchant;
beforeAll(async () => {
  bed = await openTestbed({ KEKAL_TRUST_PROXY: 'true' });
  api = openApi(bed);
  merchant = await newMerchant(bed);
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

let addresses = 0;
/** A browser at an address of its own, so that tests share no tries. */
function newTab(address = `198.51.${Math.floor(addresses / 250)}.${(addresses++ % 250) + 1}`): PortalTab {
  return new PortalTab(api, { 'x-forwarded-for': address });
}

async function auditOf(action: string, userId: number): Promise<object[]> {
  return asOwner(bed, `select * from audit_log where action = $1 and (actor->>'userId')::int = $2`, [
    action,
    userId,
  ]);
}

test('a session is 256 random bits that no script can read, and the database keeps only their hash', async () => {
  const user = await newPerson(bed, merchant, 'admin');
  const tab = newTab();
  const answer = await tab.signIn(user.email);
  const token = tab.cookies.get('kekal_session') ?? '';
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('kekal_session='));
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
  const rows = await asOwner<{ token_hash: Buffer }>(bed, 'select * from sessions where user_id = $1', [
    user.id,
  ]);
  expect(rows.map((row) => row.token_hash)).toEqual([tokenHash(token)]);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(await auditOf('session.sign_in', user.id)).toHaveLength(1);
});

test('over https the cookies are secure and bound to this very host', async () => {
  const user = await newPerson(bed, merchant, 'admin');
  const tab = new PortalTab(api, { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.200' });
  const answer = await tab.signIn(user.email);
  const cookies = answer.headers.getSetCookie();
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-kekal_/);
    expect(cookie).toContain('; Secure');
  }
});

test('a wrong password, an unknown user, one without password and an inactive one get one answer', async () => {
  const user = await newPerson(bed, merchant, 'normal');
  const inactive = await newPerson(bed, merchant, 'normal');
  await asOwner(bed, 'update users set active = false where id = $1', [inactive.id]);
  const without = await newPerson(bed, merchant, 'normal');
  await asOwner(bed, 'update users set password_hash = null where id = $1', [without.id]);
  const answers = [
    await newTab().signIn(user.email, 'wrong'),
    await newTab().signIn('nobody@people.test'),
    await newTab().signIn(without.email),
    await newTab().signIn(inactive.email),
  ];
  expect(answers.map(({ status, problem }) => [status, problem])).toEqual(
    answers.map(() => [401, 'wrong_credentials']),
  );
  for (const { headers } of answers) expect(headers.getSetCookie()).toEqual([]);
});

test('whether a user exists cannot be told from the time that a sign-in takes', async () => {
  const user = await newPerson(bed, merchant, 'normal');
  const medianOf = async (email: string) => {
    const times: number[] = [];
    for (let run = 0; run < 7; run++) {
      const from = performance.now();
      await newTab().signIn(email, 'wrong password');
      times.push(performance.now() - from);
    }
    return times.toSorted((a, b) => a - b)[3]!;
  };
  await medianOf('warm-up@people.test');
  const known = await medianOf(user.email);
  const unknown = await medianOf('nobody@people.test');
  // Without the work for unknown users it would be a tenth.
  expect(unknown / known).toBeGreaterThan(0.4);
  expect(unknown / known).toBeLessThan(2.5);
});

test('after signing out the token is worth nothing, wherever it was copied to', async () => {
  const user = await newPerson(bed, merchant, 'admin');
  const tab = await signedInTab(api, user.email, merchant.profile.id);
  const thief = newTab();
  thief.shows = merchant.profile.id;
  for (const [name, value] of tab.cookies) thief.cookies.set(name, value);
  expect((await thief.query('bill.list', {})).problem).toBeNull();
  await tab.mutate('session.signOut');
  expect(tab.cookies.has('kekal_session')).toBe(false);
  expect((await thief.query('bill.list', {})).problem).toBe('signed_out');
  expect((await tab.query('session.me')).data).toBeNull();
  expect(await auditOf('session.sign_out', user.id)).toHaveLength(1);
});

test('signing in gives a fresh token and ends the one that the browser held: a planted one is worth nothing', async () => {
  const attacker = await newPerson(bed, merchant, 'normal');
  const victim = await newPerson(bed, merchant, 'admin');
  const planted = await signedInTab(api, attacker.email, merchant.profile.id);
  const browser = newTab();
  for (const [name, value] of planted.cookies) browser.cookies.set(name, value);
  await browser.signIn(victim.email);
  expect(browser.cookies.get('kekal_session')).not.toBe(planted.cookies.get('kekal_session'));
  expect((await planted.query('bill.list', {})).problem).toBe('signed_out');
});

test.for(['expires_at = now()', 'revoked_at = now()'])('a session with %s opens nothing', async (change) => {
  const user = await newPerson(bed, merchant, 'admin');
  const tab = await signedInTab(api, user.email, merchant.profile.id);
  await asOwner(bed, `update sessions set ${change} where user_id = $1`, [user.id]);
  expect((await tab.query('bill.list', {})).problem).toBe('signed_out');
});

test('use moves the end of a session, but never past seven days from the sign-in', async () => {
  const user = await newPerson(bed, merchant, 'admin');
  const tab = await signedInTab(api, user.email, merchant.profile.id);
  const endsIn = async () => {
    await tab.query('session.me');
    const [row] = await asOwner<{ hours: number }>(
      bed,
      `select extract(epoch from expires_at - now())::float / 3600 as hours from sessions where user_id = $1`,
      [user.id],
    );
    return row!.hours;
  };
  await asOwner(bed, `update sessions set expires_at = now() + interval '1 hour' where user_id = $1`, [
    user.id,
  ]);
  expect(await endsIn()).toBeCloseTo(8, 1);
  await asOwner(
    bed,
    `update sessions set created_at = now() - interval '6 days 22 hours', expires_at = now() + interval '1 hour'
     where user_id = $1`,
    [user.id],
  );
  expect(await endsIn()).toBeCloseTo(2, 1);
});

test('a new password, a lost role and a lost profile hold with the next call', async () => {
  const user = await newPerson(bed, merchant, 'admin');
  const tab = await signedInTab(api, user.email, merchant.profile.id);
  await asOwner(bed, `update users set role = 'restricted' where id = $1`, [user.id]);
  const bill = await newBill(merchant);
  expect((await tab.query('bill.get', { billId: bill.id })).problem).toBe('not_found');
  await asOwner(bed, 'delete from user_profiles where user_id = $1', [user.id]);
  expect((await tab.query('bill.list', {})).problem).toBe('no_profile');
  await resetUser(bed.deps.systemCtx(), { email: user.email, password: `${PASSWORD} anew` });
  expect((await tab.query('bill.list', {})).problem).toBe('signed_out');
  expect((await newTab().signIn(user.email)).problem).toBe('wrong_credentials');
});

test('with two profiles one is chosen, and a switch shows the other one alone', async () => {
  const other = await secondProfile(bed, merchant);
  const user = await newPerson(bed, merchant, 'admin', [merchant.profile.id, other.id]);
  const tab = await signedInTab(api, user.email, merchant.profile.id);
  expect((await tab.query('session.me')).data).toMatchObject({ profile: null });
  await tab.mutate('session.chooseProfile', { profileId: merchant.profile.id });
  const bill = await newBill(merchant);
  expect((await tab.query('bill.get', { billId: bill.id })).problem).toBeNull();
  await tab.mutate('session.chooseProfile', { profileId: other.id });
  tab.shows = other.id;
  expect((await tab.query('bill.get', { billId: bill.id })).problem).toBe('not_found');
  const foreign = await newMerchant(bed);
  const refused = await tab.mutate('session.chooseProfile', { profileId: foreign.profile.id });
  expect(refused.problem).toBe('not_found');
  expect(await auditOf('session.choose_profile', user.id)).toHaveLength(2);
});

const ATTACKS: readonly (readonly [string, Record<string, string>])[] = [
  ['without our header', { 'x-kekal-portal': '' }],
  ['from another site', { 'sec-fetch-site': 'cross-site' }],
  ['from a subdomain', { 'sec-fetch-site': 'same-site' }],
  ['from a typed address', { 'sec-fetch-site': 'none' }],
  ['with a foreign origin', { origin: 'https://evil.example' }],
  ['with an opaque origin', { origin: 'null' }],
];

test.for(ATTACKS)('a call %s is refused, though the cookie came along', async ([, headers]) => {
  const user = await newPerson(bed, merchant, 'admin');
  const tab = await signedInTab(api, user.email, merchant.profile.id);
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
  const answer = await api.app.request('/trpc/session.signOut', {
    method: 'POST',
    headers: {
      ...('x-kekal-portal' in headers ? {} : { 'x-kekal-portal': String(merchant.profile.id) }),
      cookie: [...tab.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...sent,
    },
  });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ error: { data: { problem: 'cross_site' } } });
  expect((await tab.query('bill.list', {})).problem).toBeNull();
});

test('our own page is let in', async () => {
  const user = await newPerson(bed, merchant, 'admin');
  const tab = await signedInTab(api, user.email, merchant.profile.id);
  const headers = { host: 'pay.example', origin: 'https://pay.example', 'sec-fetch-site': 'same-origin' };
  expect((await tab.query('bill.list', {}, headers)).problem).toBeNull();
});

test("a stranger's wrong tries end his own, and lock out neither another network nor a known browser", async () => {
  const user = await newPerson(bed, merchant, 'admin');
  const office = '203.0.113.7';
  const known = newTab(office);
  expect((await known.signIn(user.email)).problem).toBeNull();
  const stranger = newTab(office);
  const tries: (string | null)[] = [];
  for (let run = 0; run < 11; run++) tries.push((await stranger.signIn(user.email, 'a guess')).problem);
  expect(tries.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 'wrong_credentials'));
  expect(tries.at(-1)).toBe('too_many_tries');
  expect((await stranger.signIn(user.email)).problem).toBe('too_many_tries');
  expect((await known.signIn(user.email)).problem).toBeNull();
  expect((await newTab('203.0.113.8').signIn(user.email)).problem).toBeNull();
});

test('a bug shows the browser a request id and nothing else, and the log all of it', async () => {
  const broken = openApi(bed, {
    workflows: { query: () => Promise.reject(new Error('password of the database')) },
  });
  const user = await newPerson(bed, merchant, 'admin');
  const tab = await signedInTab(broken, user.email, merchant.profile.id);
  const answer = await tab.query('callback.get', { callbackId: 'cb_none' });
  expect(answer.problem).toBe('not_found');
  const bill = await newBill(merchant);
  await asOwner(
    bed,
    `insert into callbacks (id, profile_id, object_type, object_id, event_id, url, body, schedule, created_at)
     values ('cb_bug', $1, 'bill', $2, 'bug', 'http://127.0.0.1:9', '', '{"offsetsMs": []}', now())`,
    [merchant.profile.id, bill.id],
  );
  const bug = await tab.query('callback.get', { callbackId: 'cb_bug' });
  expect([bug.status, bug.problem]).toEqual([500, 'internal']);
  expect(bug.text).not.toMatch(/password|stack|\.ts/);
  const requestId = bug.headers.get('x-request-id');
  expect(bug.text).toContain(requestId);
  expect(broken.complaints).toMatchObject([{ requestId, problem: 'internal' }]);
  await broken.close();
});

test.for([
  ['bill.get', {}],
  ['bill.get', { billId: 'x'.repeat(65) }],
  ['bill.list', { limit: 101 }],
  ['bill.list', { state: 'gone' }],
  ['bill.list', { unknown: 1 }],
] as const)('%s with %j is malformed', async ([path, input]) => {
  const user = await newPerson(bed, merchant, 'admin');
  const tab = await signedInTab(api, user.email, merchant.profile.id);
  const answer = await tab.query(path, input);
  expect([answer.status, answer.problem]).toEqual([400, 'malformed']);
});

test('pages of bills follow each other without a gap or a repeat, and filters hold on each', async () => {
  const shop = await newMerchant(bed);
  const user = await newPerson(bed, shop, 'admin');
  const tab = await signedInTab(api, user.email, shop.profile.id);
  const first = await newBill(shop);
  const made = [first.id];
  for (let run = 0; run < 6; run++) made.push((await newBill(shop, { collectionId: first.collectionId })).id);
  const seen: string[] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const { data } = await tab.query('bill.list', { limit: 3, state: 'due', ...(before ? { before } : {}) });
    const page = data as { rows: { id: string }[]; next: number | null };
    seen.push(...page.rows.map(({ id }) => id));
    before = page.next;
  }
  expect(seen).toEqual(made.toReversed());
  const { data } = await tab.query('bill.list', { state: 'paid' });
  expect(data).toEqual({ rows: [], next: null });
});
