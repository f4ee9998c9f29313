import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveBankVerification } from '#db/bank-verification.repository.ts';
import { decideBankVerification } from '#services/bank-verification/decide.ts';
import { getBankVerification } from '#services/bank-verification/read.ts';
import { at } from '#services/context.ts';
import { type ApiClient, clientOf, NOT_FOUND, openApi, refused, type TestApi } from '../fixtures/api.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { PayerBrowser } from '../fixtures/payer.ts';
import { asOwner } from '../fixtures/sql.ts';

let bed: Testbed;
let api: TestApi;
let merchant: TestMerchant;
let client: ApiClient;
beforeAll(async () => {
  bed = await openTestbed();
  api = openApi(bed);
  merchant = await newMerchant(bed);
  client = clientOf(api, merchant.apiKey);
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

const SERVICES = '/api/v3/bank_verification_services';
const ACCOUNT = {
  name: 'Insan Jaya',
  id_no: '91234567890',
  acc_no: '999988887777',
  code: 'MBBEMYKL',
  organization: 'true',
};

async function decide(accNo: string, verdict: 'verified' | 'rejected', of = merchant) {
  const operator = await bed.deps.profileCtx(of.profile.id);
  const { id } = await getBankVerification(of.ctx, accNo);
  const reason = verdict === 'rejected' ? { reason: 'Wrong holder' } : {};
  await decideBankVerification(operator, { id, verdict, ...reason });
}

describe('bank account verification', () => {
  test('a new account is pending, its number without spaces and hyphens', async () => {
    const { status, body } = await client.post(SERVICES, { ...ACCOUNT, acc_no: ' 0099-9988 8877 77' });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        name: 'Insan Jaya',
        id_no: '91234567890',
        acc_no: '00999988887777',
        code: 'MBBEMYKL',
        organization: true,
        authorization_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown,
        status: 'pending',
        processed_at: null,
        rejected_desc: null,
      },
    });
    expect((await client.get(`${SERVICES}/00999988887777`)).body).toEqual(body);
    expect((await client.get(`${SERVICES}/0099-99888877-77`)).body).toEqual(body);
  });

  test('every bad parameter has its sentence, in the order of the table', async () => {
    expect((await client.post(SERVICES)).body).toEqual(
      refused("Name can't be blank", "Id no can't be blank", "Acc no can't be blank", "Code can't be blank"),
    );
    const bad = {
      name: 'x'.repeat(256),
      id_no: 'A/1',
      acc_no: '1234',
      code: 'mbbemykl',
      organization: 'perhaps',
    };
    expect((await client.post(SERVICES, bad)).body).toEqual(
      refused(
        'Name is too long (maximum is 255 characters)',
        'Id no is invalid',
        'Acc no is invalid',
        'Code is not included in the list',
        'Organization is not included in the list',
      ),
    );
    for (const acc_no of ['123456789012345678901', '12345x', '１２３４５']) {
      expect((await client.post(SERVICES, { ...ACCOUNT, acc_no })).body).toEqual(
        refused('Acc no is invalid'),
      );
    }
  });

  test('a JSON number keeps every digit of a long account number', async () => {
    const body = '{"name":"Long","id_no":820909101001,"acc_no":12345678901234567890,"code":"MBBEMYKL"}';
    const answer = await api.app.request(SERVICES, {
      method: 'POST',
      body,
      headers: {
        authorization: `Basic ${Buffer.from(`${merchant.apiKey}:`).toString('base64')}`,
        'content-type': 'application/json',
      },
    });
    expect(await answer.json()).toMatchObject({ acc_no: '12345678901234567890', id_no: '820909101001' });
  });

  test('numbers of accounts and people may look like card numbers; a name may not', async () => {
    const card = '4111111111111111';
    expect((await client.post(SERVICES, { ...ACCOUNT, acc_no: card, id_no: card })).status).toBe(200);
    expect((await client.get(`${SERVICES}?account_numbers[]=${card}`)).status).toBe(200);
    expect((await client.post(SERVICES, { ...ACCOUNT, name: card })).body).toEqual(
      refused('Card data is not accepted'),
    );
  });

  test('equal fields give the pending record again, other ones a newer record', async () => {
    const account = { ...ACCOUNT, acc_no: '700100200' };
    const first = (await client.post(SERVICES, account)).body;
    expect((await client.post(SERVICES, account)).body).toEqual(first);
    await client.post(SERVICES, { ...account, name: 'Insan Jaya Sdn Bhd' });
    expect((await client.get(`${SERVICES}/700100200`)).body).toMatchObject({ name: 'Insan Jaya Sdn Bhd' });
  });

  test('the index gives the newest of each number, in the order asked, once, ten at most', async () => {
    const numbers = Array.from({ length: 12 }, (_, n) => `81000000${String(n).padStart(2, '0')}`);
    for (const acc_no of numbers) await client.post(SERVICES, { ...ACCOUNT, acc_no });
    const asked = ['5555500000', ...numbers.toReversed(), numbers[0] ?? ''];
    const query = asked.map((number) => `account_numbers[]=${number}`).join('&');
    const { body } = await client.get(`${SERVICES}?${query}`);
    const found = (body.bank_verification_services as { acc_no: string }[]).map(({ acc_no }) => acc_no);
    expect(found).toEqual(numbers.toReversed().slice(0, 10));
    const scalar = await client.get(`${SERVICES}?account_numbers=${numbers[3] ?? ''}`);
    expect(scalar.body).toMatchObject({ bank_verification_services: [{ acc_no: numbers[3] }] });
    for (const nothing of ['', '?account_numbers[]=', '?account_numbers[]=abc', '?account_numbers[x]=1']) {
      expect((await client.get(`${SERVICES}${nothing}`)).body).toEqual({ bank_verification_services: [] });
    }
  });

  test('days are those of Kuala Lumpur, and a rejection has its reason', async () => {
    await client.post(SERVICES, { ...ACCOUNT, acc_no: '60010001' });
    const before = await getBankVerification(merchant.ctx, '60010001');
    // 16:30 UTC is after midnight in Kuala Lumpur.
    const registeredAtMs = Date.UTC(2026, 10, 23, 16, 30);
    await merchant.ctx.inTransaction((tx) => saveBankVerification(tx, { ...before, registeredAtMs }));
    const operator = at(await bed.deps.profileCtx(merchant.profile.id), Date.UTC(2026, 10, 26, 1));
    await decideBankVerification(operator, { id: before.id, verdict: 'rejected', reason: 'Wrong holder' });
    expect((await client.get(`${SERVICES}/60010001`)).body).toMatchObject({
      authorization_date: '2026-11-24',
      status: 'rejected',
      processed_at: '2026-11-26',
      rejected_desc: 'Wrong holder',
    });
  });

  test('another profile and unknown numbers are not found', async () => {
    await client.post(SERVICES, { ...ACCOUNT, acc_no: '60020002' });
    const foreign = clientOf(api, (await newMerchant(bed)).apiKey);
    expect((await foreign.get(`${SERVICES}/60020002`)).body).toEqual(NOT_FOUND);
    expect((await foreign.get(`${SERVICES}?account_numbers[]=60020002`)).body).toEqual({
      bank_verification_services: [],
    });
    expect((await client.get(`${SERVICES}/60020003`)).body).toEqual(NOT_FOUND);
  });
});

describe('registration check', () => {
  const check = async (accNo: string) =>
    (await client.get(`/api/v3/check/bank_account_number/${accNo}`)).body;

  test('follows the newest record: not found, unverified, verified, unverified', async () => {
    expect(await check('90010001')).toEqual({ name: 'not found' });
    await client.post(SERVICES, { ...ACCOUNT, acc_no: '90010001' });
    expect(await check('90010001')).toEqual({ name: 'unverified' });
    await decide('90010001', 'verified');
    expect(await check('9001-0001')).toEqual({ name: 'verified' });
    await client.post(SERVICES, { ...ACCOUNT, acc_no: '90010001', name: 'Another holder' });
    expect(await check('90010001')).toEqual({ name: 'unverified' });
    await decide('90010001', 'rejected');
    expect(await check('90010001')).toEqual({ name: 'unverified' });
  });

  test('looks at no other profile', async () => {
    const other = await newMerchant(bed);
    await clientOf(api, other.apiKey).post(SERVICES, { ...ACCOUNT, acc_no: '90020002' });
    await decide('90020002', 'verified', other);
    expect(await check('90020002')).toEqual({ name: 'not found' });
  });
});

describe('banks, gateways and rank', () => {
  const seed = ['ABMB0212', 'ABB0233', 'AMBB0209', 'BCBB0235', 'BIMB0340', 'BKRM0602', 'BMMB0341'];
  const more = ['BSN0601', 'CIT0217', 'HLB0224', 'HSBC0223', 'KFH0346', 'MB2U0227', 'MBB0227', 'MBB0228'];
  const last = ['OCBC0229', 'PBB0233', 'RHB0218', 'SCB0216', 'UOB0226'];
  const tests = ['TEST0001', 'TEST0002', 'TEST0003', 'TEST0004', 'TEST0021', 'TEST0022', 'TEST0023'];

  test('the sandbox lists the banks of the seed and its test banks, in the order of the table', async () => {
    const names = [...seed, ...more, ...last, ...tests];
    expect((await client.get('/api/v3/fpx_banks')).body).toEqual({
      banks: names.map((name) => ({ name, active: true })),
    });
  });

  test('live knows no test bank, and none is active while no gateway serves them', async () => {
    const live = clientOf(api, (await newMerchant(bed, { mode: 'live' })).apiKey);
    expect((await live.get('/api/v3/fpx_banks')).body).toEqual({
      banks: [...seed, ...more, ...last].map((name) => ({ name, active: false })),
    });
  });

  test('payment gateways are the FPX banks, the business banks, then one code for each other method', async () => {
    const { body } = await client.get('/api/v4/payment_gateways');
    const listed = body.payment_gateways as { code: string; category: string; active: boolean }[];
    expect(listed.slice(0, 27).map(({ category }) => category)).toEqual(Array(27).fill('fpx'));
    expect(listed.slice(27)).toEqual([
      ...tests.map((code) => ({ code: `B2B1-${code}`, active: true, category: 'fpxb2b1' })),
      { code: 'PAYPAL', active: true, category: 'paypal' },
      { code: 'CIMB', active: true, category: 'cimb' },
      { code: 'BOOST', active: true, category: 'boost' },
      { code: '2C2P', active: true, category: '2c2p' },
      { code: 'BP-FKR01', active: true, category: 'billplz' },
    ]);
  });

  test('every listed gateway may be the bank of a bill that goes directly', async () => {
    const collection = (await client.post('/api/v3/collections', { title: 'Direct' })).body;
    for (const reference_1 of ['TEST0001', 'B2B1-TEST0001', 'PAYPAL', 'BP-FKR01']) {
      const bill = await newBill(collection.id, { reference_1_label: 'Bank Code', reference_1 });
      const seen = await new PayerBrowser(api.app).open(`/bills/${bill}?auto_submit=true`);
      expect(seen.next).toMatch(/\/direct\//);
    }
  });

  test('the webhook rank has one decimal in the text', async () => {
    expect((await client.get('/api/v4/webhook_rank')).text).toBe('{"rank":0.0}');
    await asOwner(
      bed,
      `insert into webhook_ranks (profile_id, rank) values ($1, 3)
       on conflict (profile_id) do update set rank = 3`,
      [merchant.profile.id],
    );
    expect((await client.get('/api/v4/webhook_rank')).text).toBe('{"rank":3.0}');
  });
});

async function newBill(collectionId: unknown, terms: object = {}): Promise<string> {
  const { body } = await client.post('/api/v3/bills', {
    collection_id: collectionId,
    email: 'a@b.test',
    name: 'A',
    amount: 100,
    callback_url: 'http://127.0.0.1:9/',
    description: 'x',
    ...terms,
  });
  return String(body.id);
}

describe('payment methods of a collection', () => {
  const ALL = [
    ['paypal', 'PAYPAL'],
    ['fpx', 'Online Banking'],
    ['fpxb2b1', 'FPXB2B1'],
    ['cimb', 'CIMB'],
    ['boost', 'BOOST'],
    ['2c2p', '2C2P'],
    ['billplz', 'BILLPLZ'],
  ] as const;
  const with_ = (...codes: string[]) => ({
    payment_methods: ALL.map(([code, name]) => ({ code, name, active: codes.includes(code) })),
  });
  const EVERY = with_(...ALL.map(([code]) => code));

  async function newCollection(kind: 'plain' | 'open' = 'plain'): Promise<{ id: string; path: string }> {
    const terms = { title: 'Methods', description: 'x', amount: 100 };
    const { body } = await client.post(`/api/v3/${kind === 'open' ? 'open_' : ''}collections`, terms);
    return { id: String(body.id), path: `/api/v3/collections/${String(body.id)}/payment_methods` };
  }

  test.each(['plain', 'open'] as const)(
    'are all on in a new %s collection, and replaced as a set',
    async (kind) => {
      const { path } = await newCollection(kind);
      expect((await client.get(path)).body).toEqual(EVERY);
      const form = 'payment_methods[][code]=fpx&payment_methods[][code]=paypal&payment_methods[][code]=fpx';
      expect((await client.send('PUT', path, form)).body).toEqual(with_('paypal', 'fpx'));
      expect((await client.get(path)).body).toEqual(with_('paypal', 'fpx'));
      const json = { payment_methods: [{ code: 'boost' }, { code: 'nonsense' }, { other: 1 }, 'fpx', null] };
      expect((await client.send('PUT', path, json)).body).toEqual(with_('boost'));
    },
  );

  test.each<[string, string | object]>([
    ['an empty list', { payment_methods: [] }],
    ['unknown codes', 'payment_methods[][code]=cash'],
    ['an empty code', 'payment_methods[][code]='],
    ['a gateway that this profile lacks', { payment_methods: [{ code: 'stripe' }] }],
  ])('are all off after %s', async (_name, sent) => {
    const { path } = await newCollection();
    expect((await client.send('PUT', path, sent)).body).toEqual(with_());
  });

  test('must be named', async () => {
    const { path } = await newCollection();
    for (const nothing of [{}, 'payment_methods=', { payment_methods: null }]) {
      expect((await client.send('PUT', path, nothing)).body).toEqual(
        refused("Payment methods can't be blank"),
      );
    }
    for (const wrong of ['payment_methods=fpx', { payment_methods: { code: 'fpx' } }]) {
      expect((await client.send('PUT', path, wrong)).body).toEqual(refused('Payment methods is invalid'));
    }
    expect((await client.get(path)).body).toEqual(EVERY);
  });

  test('of another profile or an unknown collection are not found', async () => {
    const { path } = await newCollection();
    const foreign = clientOf(api, (await newMerchant(bed)).apiKey);
    expect((await foreign.get(path)).body).toEqual(NOT_FOUND);
    expect((await foreign.send('PUT', path, 'payment_methods[][code]=fpx')).body).toEqual(NOT_FOUND);
    expect((await client.get('/api/v3/collections/nosuchid/payment_methods')).body).toEqual(NOT_FOUND);
  });

  test('rule what the bill page offers, what a payment may use, and what goes directly', async () => {
    const { id, path } = await newCollection();
    const bill = await newBill(id, { reference_1_label: 'Bank Code', reference_1: 'TEST0001' });
    await client.send('PUT', path, 'payment_methods[][code]=paypal');
    const payer = new PayerBrowser(api.app);
    const seen = await payer.open(`/bills/${bill}?auto_submit=true`);
    expect(seen.next).toBeNull();
    expect(seen.markup).toContain('paypal:PAYPAL');
    expect(seen.markup).not.toContain('fpx:TEST0001');
    const refusedBank = await payer.send(`/bills/${bill}/payments`, { bank: 'fpx:TEST0001' });
    expect([refusedBank.status, refusedBank.markup.includes('not available now')]).toEqual([422, true]);
    const played = await client.post(`/api/sandbox/bills/${bill}/payments`, { outcome: 'success' });
    expect(played.body).toEqual(refused('Method is not included in the list'));

    await client.send('PUT', path, { payment_methods: [] });
    expect((await payer.open(`/bills/${bill}`)).markup).toContain('cannot be paid at the moment');
    await client.send('PUT', path, 'payment_methods[][code]=fpx');
    expect((await payer.open(`/bills/${bill}?auto_submit=true`)).next).toMatch(/\/direct\//);
    const paid = await client.post(`/api/sandbox/bills/${bill}/payments`, { outcome: 'success' });
    expect(paid.body).toMatchObject({ paid: true });
  });
});
