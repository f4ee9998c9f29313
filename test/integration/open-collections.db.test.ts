import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Answer,
  type ApiClient,
  clientOf,
  NOT_FOUND,
  openApi,
  refused,
  type TestApi,
} from '../fixtures/api.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { PayerBrowser } from '../fixtures/payer.ts';
import { drawPicture, multipart } from '../fixtures/picture.ts';

let bed: Testbed;
let api: TestApi;
let merchant: TestMerchant;
let client: ApiClient;
beforeAll(async () => {
  bed = await openTestbed({ KEKAL_PUBLIC_URL: 'https://pay.kekal.test' });
  api = openApi(bed);
  merchant = await newMerchant(bed);
  client = clientOf(api, merchant.apiKey);
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

const LEAST = { title: 'Sumbangan ß', description: 'For the school', amount: 299 };

async function make(terms: object = {}, version = 'v3'): Promise<{ id: string } & Record<string, unknown>> {
  const { status, body } = await client.post(`/api/${version}/open_collections`, { ...LEAST, ...terms });
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as { id: string } & Record<string, unknown>;
}

function browser(headers: Record<string, string> = {}): PayerBrowser {
  return new PayerBrowser(api.app, headers);
}

const PAYER = { name: 'Aminah', email: 'aminah@payer.test', mobile: '' };

/** Sends the form and gives the bill that it made, as the API shows it. */
async function fill(id: string, form: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const sent = await browser().send(`/${id}`, { ...PAYER, ...form });
  expect(sent.status).toBe(302);
  const billId = /^\/bills\/([0-9a-f]{16})$/.exec(sent.next ?? '')?.[1] ?? 'none';
  return (await client.get(`/api/v3/bills/${billId}`)).body;
}

describe.each(['v3', 'v4'])('open collections of %s', (version) => {
  const path = `/api/${version}/open_collections`;

  test('are made, read and listed with an upper-cased title and an address of their own', async () => {
    const made = await make({}, version);
    expect(made).toMatchObject({
      id: expect.stringMatching(/^[a-z0-9]{8}$/) as unknown,
      title: 'SUMBANGAN SS',
      amount: 299,
      fixed_amount: true,
      url: `https://pay.kekal.test/${made.id}`,
    });
    expect(made).not.toHaveProperty('status');
    const read = (await client.get(`${path}/${made.id}`)).body;
    expect(read).toEqual({ ...made, status: 'active' });
    const listed = (await client.get(path)).body;
    expect(listed).toMatchObject({ page: 1 });
    expect((listed.open_collections as object[])[0]).toEqual(read);
  });

  test('say null as the amount where the payer decides', async () => {
    expect(await make({ amount: 'abc', fixed_amount: false }, version)).toMatchObject({
      amount: null,
      fixed_amount: false,
    });
  });

  test('are listed by status and page, and not among the collections', async () => {
    const own = await newMerchant(bed);
    const their = clientOf(api, own.apiKey);
    const ids: unknown[] = [];
    for (let n = 0; n < 16; n += 1)
      ids.unshift((await their.post(path, { ...LEAST, title: `No ${n}` })).body.id);
    await their.post(`/api/v3/collections/${String(ids[0])}/deactivate`);
    const idsOf = ({ body }: Answer) => (body.open_collections as { id: string }[]).map(({ id }) => id);
    expect(idsOf(await their.get(path))).toEqual(ids.slice(0, 15));
    expect(idsOf(await their.get(`${path}?page=2`))).toEqual(ids.slice(15));
    expect(idsOf(await their.get(`${path}?status=inactive`))).toEqual(ids.slice(0, 1));
    expect((await their.get(`${path}?page=3`)).body).toEqual({ open_collections: [], page: 3 });
    expect((await their.get(`${path}?status=closed`)).body).toEqual(
      refused('Status is not included in the list'),
    );
    expect((await their.get(`/api/${version}/collections`)).body).toEqual({ collections: [], page: 1 });
  });

  test('of other merchants, plain collections and unknown ids are not found', async () => {
    const plain = (await client.post(`/api/${version}/collections`, { title: 'Plain' })).body;
    const foreign = clientOf(api, (await newMerchant(bed)).apiKey);
    const { id } = await make({}, version);
    for (const answer of [
      await client.get(`${path}/${String(plain.id)}`),
      await foreign.get(`${path}/${id}`),
      await client.get(`${path}/nosuchid`),
      await client.get(`/api/${version}/collections/${id}`),
    ]) {
      expect([answer.status, answer.body]).toEqual([404, NOT_FOUND]);
    }
  });

  test('of a personal account or in another currency are refused', async () => {
    const personal = clientOf(api, (await newMerchant(bed, { kind: 'personal' })).apiKey);
    const dollars = clientOf(api, (await newMerchant(bed, { currency: 'USD' })).apiKey);
    expect((await personal.post(path, LEAST)).body).toEqual(refused('Account is not eligible'));
    expect((await dollars.post(path, LEAST)).body).toEqual(refused('do not support currency'));
  });

  test('a repeat under the same Idempotency-Key gives the first one again', async () => {
    const key = { 'idempotency-key': `open-${version}` };
    const photo = await drawPicture({ width: 30, height: 30 });
    const send = () => client.post(path, multipart({ ...LEAST, amount: '299', photo }), key);
    const [first, again] = [await send(), await send()];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });
});

test('redirect_uri is kept by v4 and shown only where it was sent', async () => {
  const redirect_uri = 'https://shop.test/thanks?order=1';
  expect(await make({ redirect_uri }, 'v4')).toMatchObject({ redirect_uri });
  expect(await make({}, 'v4')).not.toHaveProperty('redirect_uri');
  expect(await make({ redirect_uri }, 'v3')).not.toHaveProperty('redirect_uri');
});

test('a split recipient is another verified company, and shown by name where split_header is on', async () => {
  const partner = await newMerchant(bed);
  const split_payment = { email: partner.email.toUpperCase(), fixed_cut: 50, split_header: true };
  const made = await make({ split_payment });
  expect(made.split_payment).toEqual({
    email: partner.email,
    fixed_cut: 50,
    variable_cut: null,
    split_header: true,
  });
  const partnerName = partner.profile.merchantName;
  expect((await browser().open(`/${made.id}`)).markup).toContain(partnerName);
  const bill = await fill(made.id);
  expect((await browser().open(`/bills/${String(bill.id)}`)).markup).toContain(partnerName);
  const payer = browser();
  const bank = await payer.reachBank(String(bill.id));
  const pressed = await payer.send(bank, { button: 'success' });
  const receipt = await payer.open(pressed.next ?? '');
  expect(receipt.markup).toContain(partnerName);

  const unverified = await newMerchant(bed, { verified: false });
  for (const email of [unverified.email, merchant.email, 'nobody@merchant.test']) {
    const answer = await client.post('/api/v3/open_collections', {
      ...LEAST,
      split_payment: { email, fixed_cut: 50 },
    });
    expect(answer.body).toEqual(refused('Account is not eligible'));
  }
});

describe('the form page', () => {
  test('of a fixed amount makes a bill of that amount and goes on to it', async () => {
    const { id } = await make({ title: 'Yuran' });
    const seen = await browser().open(`/${id}`);
    expect(seen.status).toBe(200);
    expect(seen.markup).toContain('RM 2.99');
    expect(seen.markup).not.toContain('name="amount"');
    expect(seen.markup).not.toContain('name="quantity"');
    expect(seen.headers.get('x-robots-tag')).toContain('noindex');
    expect(await fill(id, { amount: '1', quantity: '5', mobile: '012-345 6789' })).toMatchObject({
      collection_id: id,
      amount: 299,
      name: 'AMINAH',
      email: 'aminah@payer.test',
      mobile: '+60123456789',
      description: 'For the school',
      callback_url: null,
      redirect_url: null,
      reference_1_label: 'Reference 1',
      reference_1: null,
      state: 'due',
    });
  });

  test('of an open amount and quantity multiplies them and adds the tax once, half up', async () => {
    const { id } = await make({ fixed_amount: false, fixed_quantity: false, tax: 5 });
    const seen = await browser().open(`/${id}`);
    expect(seen.markup).toContain('name="amount"');
    expect(seen.markup).toContain('name="quantity"');
    expect(seen.markup).toContain('5% tax is added');
    expect(await fill(id, { amount: 'RM 0.10', quantity: '5' })).toMatchObject({ amount: 53 });
    expect(await fill(id, { amount: '1,234.50', quantity: '1' })).toMatchObject({ amount: 129_623 });
  });

  test('of a fixed amount with tax says what is to be paid, and the bill asks exactly that', async () => {
    const { id } = await make({ amount: 1_000, tax: 6 });
    const { markup } = await browser().open(`/${id}`);
    expect(markup).toContain('RM 10.60');
    expect(markup).toContain('Including 6% tax: RM 0.60');
    expect(await fill(id)).toMatchObject({ amount: 1_060 });
  });

  test('asks references by their labels and puts them on the bill', async () => {
    const { id } = await make({ reference_1_label: 'ID No', payment_button: 'buy' });
    const { markup } = await browser().open(`/${id}`);
    expect(markup).toContain('ID No');
    expect(markup).not.toContain('name="reference_2"');
    expect(markup).toContain('>Buy</button>');
    expect(await fill(id, { reference_1: 'A 17', reference_2: 'not asked' })).toMatchObject({
      reference_1_label: 'ID No',
      reference_1: 'A 17',
      reference_2_label: 'Reference 2',
      reference_2: null,
    });
  });

  test('sends the payer back to redirect_uri after payment', async () => {
    const { id } = await make({ redirect_uri: 'https://shop.test/thanks?order=1' }, 'v4');
    const bill = await fill(id);
    const payer = browser();
    const bank = await payer.reachBank(String(bill.id));
    const pressed = await payer.send(bank, { button: 'success' });
    const back = await payer.open(pressed.next ?? '');
    expect(back.next).toMatch(/^https:\/\/shop\.test\/thanks\?order=1&billplz%5Bid%5D=/);
  });

  test('shows each mistake beside its field, keeps what was typed, and makes no bill', async () => {
    const { id } = await make({ fixed_amount: false, fixed_quantity: false, reference_1_label: 'Note' });
    const typed = {
      amount: '1.005',
      quantity: '1000',
      reference_1: 'x'.repeat(121),
      name: ' ',
      email: 'a@b',
      mobile: '12',
    };
    const seen = await browser().send(`/${id}`, typed);
    expect(seen.status).toBe(422);
    for (const field of ['amount', 'quantity', 'reference_1', 'name', 'email', 'mobile']) {
      expect(seen.markup).toContain(`id="${field}-problem"`);
    }
    expect(seen.markup).toContain('value="1.005"');
    expect(seen.markup).toContain('value="a@b"');
    const bills = await merchant.ctx.inTransaction((tx) =>
      tx.selectFrom('bills').select('id').where('collection_id', '=', id).execute(),
    );
    expect(bills).toEqual([]);
  });

  test('refuses what adds up to more than one bill may ask, beside the field that can change it', async () => {
    const open = await make({ fixed_amount: false, fixed_quantity: false });
    const tooMuch = await browser().send(`/${open.id}`, { ...PAYER, amount: '999999999.99', quantity: '2' });
    expect(tooMuch.status).toBe(422);
    expect(tooMuch.markup).toContain('id="amount-problem"');
    const fixed = await make({ amount: 99_999_999_999, fixed_quantity: false });
    const many = await browser().send(`/${fixed.id}`, { ...PAYER, quantity: '2' });
    expect(many.markup).toContain('id="quantity-problem"');
  });

  test('never takes a card number, in no field, and does not echo it', async () => {
    const { id } = await make({ reference_1_label: 'Note' });
    for (const field of ['name', 'mobile', 'reference_1', 'elsewhere']) {
      const seen = await browser().send(`/${id}`, { ...PAYER, [field]: '4111 1111 1111 1111' });
      expect(seen.status).toBe(422);
      expect(seen.markup).not.toContain('4111');
    }
  });

  test('takes no form from another site', async () => {
    const { id } = await make();
    const seen = await browser().send(`/${id}`, PAYER, { 'sec-fetch-site': 'cross-site' });
    expect(seen.status).toBe(403);
  });

  test('speaks Malay to whoever asks for it', async () => {
    const { id } = await make({ fixed_amount: false });
    const seen = await browser({ 'accept-language': 'ms-MY,ms;q=0.9' }).open(`/${id}`);
    expect(seen.markup).toContain('<html lang="ms">');
    expect(seen.markup).toContain('Nama anda');
    const wrong = await browser({ 'accept-language': 'ms' }).send(`/${id}`, { ...PAYER, amount: '' });
    expect(wrong.markup).toContain('Sila isi medan ini.');
  });

  test('of an inactive collection takes no payments, while bills made before stay payable', async () => {
    const { id } = await make();
    const bill = await fill(id);
    expect((await client.post(`/api/v3/collections/${id}/deactivate`)).body).toEqual({});
    const seen = await browser().open(`/${id}`);
    expect([seen.status, seen.markup.includes('Not accepting payments')]).toEqual([200, true]);
    expect(seen.markup).not.toContain('<form');
    expect((await browser().send(`/${id}`, PAYER)).status).toBe(409);
    expect((await browser().open(`/bills/${String(bill.id)}`)).markup).toContain('name="bank"');

    expect((await client.post(`/api/v3/collections/${id}/deactivate`)).body).toEqual(
      refused(`${id} cannot be deactivated.`),
    );
    expect((await client.post(`/api/v3/collections/${id}/activate`)).body).toEqual({});
    expect((await client.post(`/api/v3/collections/${id}/activate`)).body).toEqual(
      refused(`${id} cannot be activated.`),
    );
    expect((await browser().open(`/${id}`)).markup).toContain('<form');
  });

  test('is a 404 page for plain collections, unknown ids and the other routes of the site', async () => {
    const plain = (await client.post('/api/v3/collections', { title: 'Plain' })).body;
    for (const id of [String(plain.id), 'nosuchid', 'images']) {
      const seen = await browser().open(`/${id}`);
      expect([seen.status, seen.markup.includes('Page not found')]).toEqual([404, true]);
      expect((await browser().send(`/${id}`, PAYER)).status).toBe(404);
    }
  });

  test('makes no bill through the API: an open collection is not found there', async () => {
    const { id } = await make();
    const answer = await client.post('/api/v3/bills', {
      collection_id: id,
      email: 'a@b.test',
      name: 'A',
      amount: 100,
      callback_url: 'http://127.0.0.1:9/',
      description: 'x',
    });
    expect([answer.status, answer.body]).toEqual([404, NOT_FOUND]);
  });
});

test('no route of the site looks like an id that we generate', () => {
  const first = api.app.routes.map(({ path }) => path.split('/')[1] ?? '');
  expect(first.filter((segment) => /^[a-z0-9]{8}$/.test(segment))).toEqual([]);
});

describe('pictures', () => {
  const idOf = (url: unknown) => new URL(String(url)).pathname;

  test('a logo is served at two addresses, public, immutable and without rights', async () => {
    const logo = await drawPicture({ width: 300, height: 100 }, 'jpeg');
    const { body } = await client.post('/api/v4/collections', multipart({ title: 'With logo', logo }));
    const { thumb_url, avatar_url } = body.logo as Record<string, unknown>;
    expect([thumb_url, avatar_url]).toEqual([
      expect.stringMatching(/^https:\/\/pay\.kekal\.test\/images\/[\w-]{43}$/),
      expect.stringMatching(/^https:\/\/pay\.kekal\.test\/images\/[\w-]{43}$/),
    ]);
    expect(thumb_url).not.toBe(avatar_url);
    const served = await api.app.request(idOf(avatar_url));
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(served.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(served.headers.get('x-content-type-options')).toBe('nosniff');
    expect(served.headers.get('content-security-policy')).toContain('sandbox');
    const v3 = (await client.get(`/api/v3/collections/${String(body.id)}`)).body;
    expect(v3.logo).toEqual(body.logo);
    const index = (await client.get('/api/v3/collections')).body;
    expect((index.collections as object[])[0]).toMatchObject({ logo: body.logo });
  });

  test('a photo of an open collection is on its form', async () => {
    const photo = await drawPicture({ width: 30, height: 20 });
    const fields = { ...LEAST, amount: '299', photo };
    const { body } = await client.post('/api/v3/open_collections', multipart(fields));
    const { retina_url, avatar_url } = body.photo as Record<string, unknown>;
    expect((await api.app.request(idOf(avatar_url))).headers.get('content-type')).toBe('image/png');
    const { markup, headers } = await browser().open(`/${String(body.id)}`);
    expect(markup).toContain(`src="${idOf(retina_url)}"`);
    expect(headers.get('content-security-policy')).toContain("img-src 'self'");
  });

  test('a logo is on the bill page', async () => {
    const logo = await drawPicture({ width: 30, height: 30 });
    const { body } = await client.post('/api/v3/collections', multipart({ title: 'With logo', logo }));
    const bill = (
      await client.post('/api/v3/bills', {
        collection_id: body.id,
        email: 'a@b.test',
        name: 'A',
        amount: 100,
        callback_url: 'http://127.0.0.1:9/',
        description: 'x',
      })
    ).body;
    const { markup } = await browser().open(`/bills/${String(bill.id)}`);
    expect(markup).toContain(`src="${idOf((body.logo as { avatar_url: string }).avatar_url)}"`);
  });

  test.each([
    ['/api/v3/collections', 'logo', 'Logo is invalid'],
    ['/api/v4/collections', 'logo', 'Logo is invalid'],
    ['/api/v3/open_collections', 'photo', 'Photo is invalid'],
    ['/api/v4/open_collections', 'photo', 'Photo is invalid'],
  ])('%s refuses a %s that is no jpg, gif or png of at most 5 MiB', async (path, name, sentence) => {
    const fields = { title: 'T', description: 'D', amount: '1' };
    const bad = [
      'https://example.com/logo.png',
      Buffer.from('no picture'),
      await drawPicture({ width: 9, height: 9 }, 'webp'),
      Buffer.concat([await drawPicture({ width: 9, height: 9 }), Buffer.alloc(5 * 1024 * 1024)]),
    ];
    for (const picture of bad) {
      const { status, body } = await client.post(path, multipart({ ...fields, [name]: picture }));
      expect({ status, body }).toEqual({ status: 422, body: refused(sentence) });
    }
    const both = await client.post(path, multipart({ ...fields, title: '', [name]: Buffer.from('no') }));
    expect(both.body).toEqual(refused("Title can't be blank", sentence));
    expect((await client.post(path, { ...fields, [name]: '' })).status).toBe(200);
  });

  test('an address that nobody was given shows nothing', async () => {
    for (const id of ['x'.repeat(43), 'short', '..%2F..%2Fetc']) {
      expect((await api.app.request(`/images/${id}`)).status).toBe(404);
    }
  });
});
