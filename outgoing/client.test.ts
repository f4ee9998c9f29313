import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createOutgoingHttp } from './client.ts';
import type { OutgoingRequest } from './port.ts';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const open = createOutgoingHttp({ allowCidrs: LOOPBACK });
const closed = createOutgoingHttp({ allowCidrs: [] });

/** A timeout that a healthy exchange on loopback never meets. */
const AMPLE_MS = 15_000;
const SHORT_MS = 250;

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function listening(server: TcpServer | Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ended.push(async () => {
    const done = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await done;
  });
  return (server.address() as AddressInfo).port;
}

/** A web server on loopback and how often it was asked. */
async function receiver(
  answer: RequestListener,
): Promise<{ url: string; port: number; calls: () => number }> {
  let calls = 0;
  const port = await listening(
    createServer((request, response) => {
      calls += 1;
      answer(request, response);
    }),
  );
  return { url: `http://127.0.0.1:${port}/cb`, port, calls: () => calls };
}

/** Speaks raw bytes to whoever connects. */
async function talker(onSocket: (socket: Socket) => void): Promise<string> {
  return `http://127.0.0.1:${await listening(createTcpServer(onSocket))}/`;
}

function post(url: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return { method: 'POST', url, headers: {}, body: 'id=1', timeoutMs: AMPLE_MS, ...more };
}

test('the receiver gets method, path with query, headers and the body byte for byte', async () => {
  let seen: unknown;
  const { url } = await receiver((request, response) => {
    const { method, headers, url: path } = request;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const body = Buffer.concat(chunks).toString();
      seen = { method, path, type: headers['content-type'], id: headers['webhook-id'], body };
      response.end('OK');
    });
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'webhook-id': 'cb_1' };
  const { durationMs, ...result } = await open.send(
    post(`${url}?own=1&x=%20`, { headers, body: 'name=%C3%89&paid=true' }),
  );
  expect(result).toEqual({ kind: 'answered', status: 200, bodyHead: 'OK' });
  expect(durationMs).toBeGreaterThanOrEqual(0);
  expect(seen).toEqual({
    method: 'POST',
    path: '/cb?own=1&x=%20',
    type: 'application/x-www-form-urlencoded',
    id: 'cb_1',
    body: 'name=%C3%89&paid=true',
  });
});

test('credentials in the URL are sent as Basic authentication', async () => {
  let authorization: string | undefined;
  const { port } = await receiver((request, response) => {
    authorization = request.headers.authorization;
    response.end();
  });
  await open.send(post(`http://us%40er:pa%20ss@127.0.0.1:${port}/`));
  expect(authorization).toBe(`Basic ${Buffer.from('us@er:pa ss').toString('base64')}`);
});

test.each([200, 201, 204, 301, 302, 307, 308, 404, 410, 500, 503])(
  'status %d is an answer',
  async (status) => {
    const { url } = await receiver((_request, response) => response.writeHead(status).end());
    expect(await open.send(post(url))).toMatchObject({ kind: 'answered', status, bodyHead: '' });
  },
);

test.each([301, 302, 303, 307, 308])('a %d is never followed, wherever it leads', async (status) => {
  const other = await receiver((_request, response) => response.end());
  for (const location of [other.url, 'http://169.254.169.254/latest/meta-data/', '/elsewhere']) {
    const first = await receiver((_request, response) => response.writeHead(status, { location }).end());
    expect(await open.send(post(first.url))).toMatchObject({ kind: 'answered', status });
    expect(first.calls()).toBe(1);
  }
  expect(other.calls()).toBe(0);
});

test('a receiver that never answers is cut at the deadline', async () => {
  const { url } = await receiver(() => undefined);
  const result = await open.send(post(url, { timeoutMs: SHORT_MS }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'timeout' });
  expect(result.durationMs).toBeGreaterThanOrEqual(SHORT_MS - 5);
});

test('a receiver that accepts the connection and says nothing is cut at the deadline', async () => {
  const url = await talker(() => undefined);
  expect(await open.send(post(url, { timeoutMs: SHORT_MS }))).toMatchObject({
    kind: 'failed',
    reason: 'timeout',
  });
});

test('a slow drip of headers does not outlive the deadline', async () => {
  const url = await talker((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const drip = setInterval(() => socket.write('x: y\r\n'), 20);
    socket.once('close', () => clearInterval(drip));
  });
  expect(await open.send(post(url, { timeoutMs: SHORT_MS }))).toMatchObject({
    kind: 'failed',
    reason: 'timeout',
  });
});

test('a slow drip of body does not outlive the deadline, though the status has come', async () => {
  const { url } = await receiver((_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('.'), 20);
    response.once('close', () => clearInterval(drip));
  });
  expect(await open.send(post(url, { timeoutMs: SHORT_MS }))).toMatchObject({
    kind: 'failed',
    reason: 'timeout',
  });
});

test('a drip of informational answers does not outlive the deadline', async () => {
  const url = await talker((socket) => {
    const drip = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20);
    socket.once('close', () => clearInterval(drip));
  });
  expect(await open.send(post(url, { timeoutMs: SHORT_MS }))).toMatchObject({
    kind: 'failed',
    reason: 'timeout',
  });
});

test('a name server that never answers is cut at the deadline', async () => {
  const stuck = createOutgoingHttp({ allowCidrs: LOOPBACK, resolve: () => new Promise(() => undefined) });
  const result = await stuck.send(post('http://shop.example/', { timeoutMs: SHORT_MS }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'timeout' });
});

test('of an endless body the first 2 KiB are read, then the connection is closed', async () => {
  let closedByUs: Promise<unknown> = Promise.reject(new Error('not asked'));
  closedByUs.catch(() => undefined);
  const { url } = await receiver((_request, response) => {
    closedByUs = once(response, 'close');
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write('abcdefgh'.repeat(1_024)));
    };
    response.on('drain', more);
    more();
  });
  const result = await open.send(post(url));
  expect(result).toMatchObject({ kind: 'answered', status: 200, bodyHead: 'abcdefgh'.repeat(256) });
  await closedByUs;
});

test('a body cut inside a character, of other bytes, or with NUL is still text that can be stored', async () => {
  const bodies = [Buffer.from(`${'é'.repeat(1_023)}aé`), Buffer.from([0x61, 0x00, 0xff, 0x62])];
  const { url } = await receiver((_request, response) => response.end(bodies.shift()));
  expect(await open.send(post(url))).toMatchObject({ bodyHead: `${'é'.repeat(1_023)}a` });
  expect(await open.send(post(url))).toMatchObject({ bodyHead: 'a\ufffd\ufffdb' });
});

test('headers without end are refused as no proper answer', async () => {
  const url = await talker((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const header = `x: ${'y'.repeat(1_000)}\r\n`;
    for (let i = 0; i < 100; i += 1) socket.write(header);
  });
  expect(await open.send(post(url))).toMatchObject({ kind: 'failed', reason: 'protocol' });
});

test.each([
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.9\r\n', 'protocol'],
  ['nothing before the end', '', 'closed'],
  ['half a head', 'HTTP/1.1 200 OK\r\ncontent-', 'closed'],
  ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', 'closed'],
])('an answer that is %s is a failure', async (_what, bytes, reason) => {
  const url = await talker((socket) => {
    socket.once('data', () => socket.end(bytes));
  });
  expect(await open.send(post(url))).toMatchObject({ kind: 'failed', reason });
});

test('a port on which nobody listens is a failure to connect', async () => {
  const server = createTcpServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  expect(await open.send(post(`http://127.0.0.1:${port}/`))).toMatchObject({
    kind: 'failed',
    reason: 'connect',
    detail: 'ECONNREFUSED',
  });
});

test('a name that does not exist is a failure of the name server', async () => {
  const missing = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
  const http = createOutgoingHttp({ allowCidrs: [], resolve: () => Promise.reject(missing) });
  expect(await http.send(post('http://no.example/'))).toMatchObject({ kind: 'failed', reason: 'dns' });
  const empty = createOutgoingHttp({ allowCidrs: [], resolve: () => Promise.resolve([]) });
  expect(await empty.send(post('http://no.example/'))).toMatchObject({ kind: 'failed', reason: 'dns' });
});

test('https to a server without TLS is a failure of TLS', async () => {
  const { port } = await receiver((_request, response) => response.end());
  expect(await open.send(post(`https://127.0.0.1:${port}/`))).toMatchObject({
    kind: 'failed',
    reason: 'tls',
  });
});

test.each([
  'http://127.0.0.1:1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://0x7f.1/',
  'http://127.1/',
  'http://127.0.0.1./',
  'http://0/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[fd00:ec2::254]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://10.1.2.3/',
  'http://192.168.0.1/',
  'http://%31%32%37.0.0.1/',
  'http://１２７.0.0.1/',
  'http://user:pass@127.0.0.1/',
])('%s is refused: no spelling of a literal leads inside', async (url) => {
  expect(await closed.send(post(url))).toMatchObject({ kind: 'refused', reason: 'address_not_allowed' });
});

test("localhost is refused by the system's own resolver, and no connection is made", async () => {
  const { port, calls } = await receiver((_request, response) => response.end());
  expect(await closed.send(post(`http://localhost:${port}/`))).toMatchObject({
    kind: 'refused',
    reason: 'address_not_allowed',
  });
  expect(calls()).toBe(0);
});

test('a name with one forbidden address among good ones is refused', async () => {
  const { port, calls } = await receiver((_request, response) => response.end());
  const mixed = createOutgoingHttp({
    allowCidrs: [],
    resolve: async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ],
  });
  expect(await mixed.send(post(`http://shop.example:${port}/`))).toMatchObject({ kind: 'refused' });
  expect(calls()).toBe(0);
});

test('the connection goes to the address that was checked: a name is resolved once', async () => {
  const { port, calls } = await receiver((request, response) => response.end(request.headers.host));
  const answers = [[{ address: '127.0.0.1', family: 4 }], [{ address: '10.0.0.1', family: 4 }]];
  let asked = 0;
  const rebinding = createOutgoingHttp({
    allowCidrs: LOOPBACK,
    resolve: async () => {
      asked += 1;
      return answers[asked - 1] ?? [];
    },
  });
  const result = await rebinding.send(post(`http://shop.example:${port}/`));
  expect(result).toMatchObject({ kind: 'answered', status: 200, bodyHead: `shop.example:${port}` });
  expect([asked, calls()]).toEqual([1, 1]);
});

test('an allowed range opens loopback and nothing else', async () => {
  const { port } = await receiver((_request, response) => response.end());
  expect(await open.send(post(`http://localhost:${port}/`))).toMatchObject({ kind: 'answered', status: 200 });
  expect(await open.send(post('http://169.254.169.254/'))).toMatchObject({ kind: 'refused' });
  expect(await open.send(post('http://10.0.0.1/'))).toMatchObject({ kind: 'refused' });
});

test.each(['', 'callback', 'ftp://127.0.0.1/', 'file:///etc/passwd', 'http://', 'javascript:alert(1)'])(
  '"%s" is refused as no http URL',
  async (url) => {
    expect(await open.send(post(url))).toMatchObject({ kind: 'refused', reason: 'not_http_url' });
  },
);

test('the caller can stop an exchange, before it begins or in its middle', async () => {
  const stopped = new AbortController();
  const { url, calls } = await receiver(() => stopped.abort());
  expect(await open.send(post(url, { signal: stopped.signal }))).toMatchObject({
    kind: 'failed',
    reason: 'aborted',
  });
  expect(await open.send(post(url, { signal: stopped.signal }))).toMatchObject({
    kind: 'failed',
    reason: 'aborted',
  });
  expect(calls()).toBe(1);
});

test('what Retry-After asks for comes with the answer', async () => {
  const { url } = await receiver((_request, response) =>
    response.writeHead(503, { 'retry-after': '120' }).end(),
  );
  expect(await open.send(post(url))).toMatchObject({ kind: 'answered', status: 503, retryAfterMs: 120_000 });
});

test('each request has its own connection, closed after it', async () => {
  const ports = new Set<number | undefined>();
  const { url } = await receiver((request, response) => {
    ports.add(request.socket.remotePort);
    response.end(request.headers.connection);
  });
  for (let i = 0; i < 3; i += 1) expect(await open.send(post(url))).toMatchObject({ bodyHead: 'close' });
  expect(ports.size).toBe(3);
});
