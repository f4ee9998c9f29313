import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Access } from '#api/trpc/base.ts';
import { appRouter } from '#api/trpc/router.ts';
import { PERMISSIONS, type Permission } from '#domain/permissions.ts';
import type { Role } from '#domain/tenant.ts';
import { createCtx } from '#services/context.ts';
import { createSecretBox } from '#services/secrets/secret-box.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { openApi, type TestApi } from '../fixtures/api.ts';
import { newBill, pay } from '../fixtures/bill.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { callbacksOf } from '../fixtures/owed-callback.ts';
import { newPerson, PASSWORD, type PortalAnswer, PortalTab, signedInTab } from '../fixtures/portal.ts';
import { asOwner } from '../fixtures/sql.ts';

/** Objects of one person that procedures can be asked for. */
interface Things {
  readonly billId: string;
  readonly callbackId: string;
}

interface Example {
  /** A valid input about these things. */
  input(things: Things): unknown;
  /** Whether the answer shows nothing of them; a `not_found` when not given. */
  absent?(answer: PortalAnswer): boolean;
}

const command = { input: ({ callbackId }: Things) => ({ callbackId, idempotencyKey: randomUUID() }) };

/** One for each procedure of the router; the first test fails for one that is forgotten here. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  'session.signIn': { input: () => ({ email: 'nobody@people.test', password: PASSWORD }) },
  'session.signOut': { input: () => undefined },
  'session.me': { input: () => undefined },
  'session.chooseProfile': { input: () => ({ profileId: 1 }) },
  'bill.list': {
    input: ({ billId }) => ({ search: billId }),
    absent: ({ data }) => (data as { rows: object[] }).rows.length === 0,
  },
  'bill.get': { input: ({ billId }) => ({ billId }) },
  'callback.get': { input: ({ callbackId }) => ({ callbackId }) },
  'callback.redeliver': command,
  'callback.cancel': command,
};

interface Procedure {
  readonly _def: { readonly type: 'query' | 'mutation' | 'subscription'; readonly meta?: { access: Access } };
}

const PROCEDURES = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).map(
  ([path, { _def }]) => ({ path, type: _def.type, access: _def.meta?.access }),
);
const ON_A_PROFILE = PROCEDURES.filter(({ access }) => access !== 'public' && access !== 'session');
const ROLES: readonly Role[] = ['admin', 'accountant', 'normal', 'restricted'];

let bed: Testbed;
let api: TestApi;
let merchant: TestMerchant;
let foreign: TestMerchant;
const people = new Map<Role, { tab: PortalTab; things: Things }>();
let colleagues: Things;
let strangers: Things;

beforeAll(async () => {
  bed = await openTestbed();
  api = openApi(bed);
  // No workflow runs here: whatever is commanded is done at once.
  await asOwner(
    bed,
    `create function done_at_once() returns trigger language plpgsql as $$
     begin new.outcome := '{"done": true}'; return new; end $$`,
  );
  await asOwner(
    bed,
    'create trigger done_at_once before insert on commands for each row execute function done_at_once()',
  );
  merchant = await newMerchant(bed);
  foreign = await newMerchant(bed);
  for (const role of ROLES) {
    const user = await newPerson(bed, merchant, role);
    const tab = await signedInTab(api, user.email, merchant.profile.id);
    people.set(role, { tab, things: await thingsOf(merchant, { userId: user.id, role }) });
  }
  colleagues = await thingsOf(merchant);
  strangers = await thingsOf(foreign);
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

/** A bill whose payment failed, so that a callback is owed; made by this person, else by the merchant's admin. */
async function thingsOf(of: TestMerchant, maker?: { userId: number; role: Role }): Promise<Things> {
  const { deps, config } = bed;
  const around = {
    database: deps.database,
    secrets: createSecretBox(config.secretKey),
    publicUrl: deps.publicUrl,
  };
  const ctx = maker
    ? createCtx(around, {
        profile: of.profile,
        actor: { kind: 'user', via: 'portal', ...maker },
        requestId: 'test',
      })
    : of.ctx;
  const bill = await newBill({ ...of, ctx });
  await pay(bed, of, bill, 'fail');
  const [callback] = await callbacksOf(of, bill.id);
  if (!callback) throw new Error('no callback is owed');
  return { billId: bill.id, callbackId: callback.id };
}

function ask(tab: PortalTab, { path, type }: (typeof PROCEDURES)[number], things: Things) {
  const input = EXAMPLES[path]?.input(things);
  return type === 'query' ? tab.query(path, input) : tab.mutate(path, input);
}

function isAbsent(path: string, answer: PortalAnswer): boolean {
  if (answer.problem !== null) return answer.problem === 'not_found';
  return EXAMPLES[path]?.absent?.(answer) ?? false;
}

test('every procedure of the router says who may call it, and is in this matrix', () => {
  expect(PROCEDURES.filter(({ access }) => access === undefined)).toEqual([]);
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(PROCEDURES.map(({ path }) => path).toSorted());
  expect(ON_A_PROFILE.length).toBeGreaterThan(0);
});

test.for(PROCEDURES.filter(({ access }) => access !== 'public'))(
  '$path is refused to whoever is not signed in',
  async (procedure) => {
    const answer = await ask(new PortalTab(api), procedure, colleagues);
    expect([answer.status, answer.problem]).toEqual([401, 'signed_out']);
  },
);

describe.for(ON_A_PROFILE)('$path', (procedure) => {
  test.for(ROLES)('does for %s exactly what the permission table says', async (role) => {
    const { tab, things } = people.get(role)!;
    const grant = PERMISSIONS[procedure.access as Permission][role];
    const own = await ask(tab, procedure, things);
    const others = await ask(tab, procedure, colleagues);
    if (grant === 'no') {
      expect([own.problem, others.problem]).toEqual(['forbidden', 'forbidden']);
      expect(own.status).toBe(403);
      return;
    }
    expect(own.problem).toBeNull();
    expect(isAbsent(procedure.path, own)).toBe(false);
    expect(isAbsent(procedure.path, others)).toBe(grant === 'own');
  });

  test.for(ROLES)('shows nothing of another profile to %s', async (role) => {
    const { tab } = people.get(role)!;
    const answer = await ask(tab, procedure, strangers);
    expect(answer.problem === 'forbidden' || isAbsent(procedure.path, answer)).toBe(true);
  });

  test('is refused to a page that shows another profile than the session works in', async () => {
    const { tab, things } = people.get('admin')!;
    tab.shows = foreign.profile.id;
    const answer = await ask(tab, procedure, things).finally(() => {
      tab.shows = merchant.profile.id;
    });
    expect([answer.status, answer.problem]).toEqual([412, 'profile_changed']);
  });

  test('is refused before a profile is chosen', async () => {
    const user = await newPerson(bed, merchant, 'admin', []);
    const tab = await signedInTab(api, user.email, merchant.profile.id);
    expect((await ask(tab, procedure, colleagues)).problem).toBe('no_profile');
  });
});
