import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MailServer, startMailServer } from '#test/fixtures/mail-server.ts';
import type { OutgoingMail } from './mail-port.ts';
import { createSmtpSender } from './smtp.ts';

const MAIL: OutgoingMail = {
  id: 'ml_1',
  to: ['payer@payer.test'],
  fromName: 'Kedai Kopi',
  replyTo: 'shop@shop.test',
  subject: 'Bil baharu: RM 2.00 ☕',
  text: 'A text\nof two lines\n',
  html: '<p>A text</p>',
  dateMs: Date.UTC(2026, 10, 21, 4, 30),
};

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server.close());

const sender = (url = server.url) =>
  createSmtpSender({ url, tlsRequired: true, from: 'no-reply@kekal.test', exchangeMs: 5_000 });

test('a mail arrives as it was written, under an id of its own, and asks for no automatic answer', async () => {
  expect(await sender().send(MAIL)).toMatchObject({ kind: 'accepted' });
  const { mail, recipients } = server.received.at(-1) ?? {};
  expect(recipients).toEqual(['payer@payer.test']);
  expect(mail).toMatchObject({
    messageId: '<ml_1@kekal.test>',
    subject: MAIL.subject,
    from: { name: 'Kedai Kopi', address: 'no-reply@kekal.test' },
    replyTo: [{ address: 'shop@shop.test' }],
    date: '2026-11-21T04:30:00.000Z',
  });
  expect(mail?.text?.trim()).toBe(MAIL.text.trim());
  expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
});

test('neither names nor subjects add a header, and a comma in an address adds no recipient', async () => {
  const before = server.received.length;
  const result = await sender().send({
    ...MAIL,
    to: ['a,b@payer.test'],
    fromName: 'Shop\r\nBcc: thief@thief.test',
    subject: 'Hello\r\nBcc: thief@thief.test',
  });
  const arrived = server.received.slice(before);
  expect(arrived.flatMap(({ recipients }) => recipients).filter((each) => each.includes('thief'))).toEqual(
    [],
  );
  for (const { mail, recipients } of arrived) {
    expect(recipients).toHaveLength(1);
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc');
  }
  expect(['accepted', 'refused']).toContain(result.kind);
});

test.for([
  [421, 'deferred'],
  [450, 'deferred'],
  [550, 'refused'],
  [554, 'refused'],
] as const)('an answer of %i to the recipient is %s, and nothing can have arrived', async ([code, kind]) => {
  const before = server.received.length;
  server.refuseRecipient(code);
  const result = await sender().send(MAIL);
  server.refuseRecipient(null);
  expect(result.kind).toBe(kind);
  expect(result.kind === 'deferred' && result.mayHaveArrived).toBe(false);
  expect(server.received).toHaveLength(before);
});

test('nobody listens: deferred, and nothing can have arrived', async () => {
  const gone = await startMailServer();
  await gone.close();
  expect(await sender(gone.url).send(MAIL)).toMatchObject({ kind: 'deferred', mayHaveArrived: false });
});

test('a connection that breaks after the text may have delivered it', async () => {
  let inText = false;
  const breaking = await startScript((said) => {
    if (inText) return HANG_UP;
    inText = said.startsWith('DATA');
    return inText ? '354 go on' : '250 ok';
  });
  const result = await sender(breaking.url).send(MAIL);
  await breaking.close();
  expect(result).toMatchObject({ kind: 'deferred', mayHaveArrived: true });
});

test('a password that is refused is ours to mend: the mail waits', async () => {
  const strict = await startScript((said) => {
    if (said.startsWith('EHLO')) return '250-here\r\n250 AUTH PLAIN';
    return said.startsWith('AUTH') ? '535 5.7.8 wrong' : '250 ok';
  });
  const url = new URL(strict.url);
  url.username = 'user%40host';
  url.password = 'hush';
  const result = await sender(url.href).send(MAIL);
  await strict.close();
  expect(result).toMatchObject({ kind: 'deferred', mayHaveArrived: false });
  expect(JSON.stringify(result)).not.toContain('hush');
});

test('a server that never answers is cut at the limit of the exchange', async () => {
  const silent = await startScript(() => null, null);
  const impatient = createSmtpSender({
    url: silent.url,
    tlsRequired: true,
    from: 'a@kekal.test',
    exchangeMs: 300,
  });
  const result = await impatient.send(MAIL);
  await silent.close();
  expect(result.kind).toBe('deferred');
});

const HANG_UP = 'hang up';

/** A server that answers each line as it is told: nothing for null. */
async function startScript(
  answer: (said: string) => string | null,
  greeting: string | null = '220 here',
): Promise<{ url: string; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const script = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (greeting !== null) socket.write(`${greeting}\r\n`);
    socket.on('data', (chunk) => {
      const said = answer(chunk.toString());
      if (said === HANG_UP) socket.destroy();
      else if (said !== null) socket.write(`${said}\r\n`);
    });
  });
  await new Promise<void>((resolve) => {
    script.listen(0, '127.0.0.1', resolve);
  });
  const { port } = script.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        script.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
