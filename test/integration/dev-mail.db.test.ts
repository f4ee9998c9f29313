import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertDevMail, listDevMails } from '#db/dev-inbox.repository.ts';
import { type DevInbox, startDevInbox } from '#worker/dev-inbox.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { openApi, type TestApi } from '../fixtures/api.ts';

let bed: Testbed;
let api: TestApi;
let inbox: DevInbox;
const failures: unknown[] = [];
beforeAll(async () => {
  bed = await openTestbed({ KEKAL_DEV_MAIL: 'true' });
  api = openApi(bed);
  inbox = await startDevInbox({
    port: 0,
    systemCtx: () => bed.deps.systemCtx(),
    report: (error) => void failures.push(error),
  });
});
afterAll(async () => {
  await inbox.close();
  await api.close();
  await bed.close();
});

interface Listed {
  readonly mails: readonly { id: number; to: string[]; subject: string; url: string; bytes: number }[];
  readonly sms: readonly unknown[];
}

const transport = () => createTransport({ host: '127.0.0.1', port: inbox.port });
const page = async (path: string) => {
  const answer = await api.app.request(path);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const listed = async (to: string) => JSON.parse((await page(`/dev/mail.json?to=${to}`)).text) as Listed;

const HOSTILE = '<script>alert(1)</script>';

async function mailTo(to: string): Promise<number> {
  await transport().sendMail({
    from: 'shop@shop.test',
    to,
    subject: `Subject ${HOSTILE}`,
    text: `Text ${HOSTILE}`,
    html: `<p>Markup</p>${HOSTILE}`,
    attachments: [{ filename: 'résumé "1".pdf', content: 'not a pdf', contentType: 'application/pdf' }],
  });
  const [mail] = (await listed(to)).mails;
  if (!mail) throw new Error(`nothing came for ${to}`);
  return mail.id;
}

test('what is mailed is listed, as a page and as JSON, newest first and by recipient', async () => {
  const first = await mailTo('one@payer.test');
  const second = await mailTo('one@payer.test');
  await mailTo('two@payer.test');
  const { mails } = await listed('one@payer.test');
  expect(mails.map(({ id }) => id)).toEqual([second, first]);
  expect(mails[0]).toMatchObject({ to: ['one@payer.test'], subject: `Subject ${HOSTILE}` });
  expect(JSON.parse((await page('/dev/mail?json&to=one@payer.test')).text)).toEqual(
    await listed('one@payer.test'),
  );
  const shown = await page('/dev/mail');
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('two@payer.test');
  expect(shown.text).not.toContain('<script');
});

test('one mail is shown as text, in a frame without rights, raw, as JSON and with its attachments', async () => {
  const id = await mailTo('view@payer.test');
  const shown = await page(`/dev/mail/${id}`);
  expect(shown.text).toContain(`<iframe sandbox title="The mail as HTML" src="/dev/mail/${id}/html">`);
  expect(shown.text).toContain('Text &lt;script&gt;');
  expect(shown.text).not.toContain('<script');
  expect(shown.headers.get('content-security-policy')).not.toContain('script-src');
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");

  const markup = await page(`/dev/mail/${id}/html`);
  expect(markup.text).toContain('<p>Markup</p>');
  expect(markup.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);

  const raw = await page(`/dev/mail/${id}/raw`);
  expect(raw.text).toMatch(/^(?:From|Content-Type|Date): /m);
  expect(raw.headers.get('content-type')).toBe('text/plain; charset=utf-8');

  const json = JSON.parse((await page(`/dev/mail/${id}.json`)).text) as {
    text: string;
    attachments: { url: string }[];
  };
  expect(json.text).toContain(`Text ${HOSTILE}`);
  expect(json).toMatchObject({
    id,
    from: 'shop@shop.test',
    to: ['view@payer.test'],
    attachments: [{ filename: 'résumé "1".pdf', mime_type: 'application/pdf', bytes: 9 }],
  });
  const attachment = await page(json.attachments[0]?.url ?? '');
  expect(attachment.text).toBe('not a pdf');
  expect(attachment.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''r%C3%A9sum%C3%A9%20%221%22.pdf",
  );
  expect(attachment.headers.get('content-type')).toBe('application/octet-stream');
});

test.for(['/dev/mail/999999999', '/dev/mail/999999999.json', '/dev/mail/x', '/dev/mail/1/attachments/77'])(
  '%s is nothing',
  async (path) => {
    expect((await page(path)).status).toBe(404);
  },
);

test('a mail of more than 10 MiB is refused for good', async () => {
  const tooMuch = transport().sendMail({
    from: 'shop@shop.test',
    to: 'big@payer.test',
    text: 'x'.repeat(80).concat('\n').repeat(150_000),
  });
  await expect(tooMuch).rejects.toMatchObject({ responseCode: 552 });
  expect((await listed('big@payer.test')).mails).toEqual([]);
  expect(failures).toEqual([]);
});

test('only the newest mails are kept', async () => {
  const raw = Buffer.from('Subject: x\r\n\r\n');
  const mails = await bed.deps.database.asSystem(async (tx) => {
    for (const subject of ['a', 'b', 'c', 'd']) {
      await insertDevMail(tx, { sender: 's@s.test', recipients: ['kept@payer.test'], subject, raw }, 3);
    }
    return listDevMails(tx, { limit: 10 });
  });
  expect(mails.map(({ subject }) => subject)).toEqual(['d', 'c', 'b']);
});

test('without KEKAL_DEV_MAIL there is no inbox', async () => {
  const plain = openApi(bed, { devMail: false });
  for (const path of ['/dev/mail', '/dev/mail.json', '/dev/mail/1']) {
    const answer = await plain.app.request(path);
    expect(await answer.text()).not.toContain('Mail inbox');
  }
  await plain.close();
});
