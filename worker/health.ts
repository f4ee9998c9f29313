import { createServer, type Server } from 'node:http';
import { register } from 'prom-client';

/** `/ready` (200 or 503 with the reasons), `/live` and `/metrics` of a process without pages. */
export async function serveHealth(
  at: { host: string; port: number },
  notReady: () => Promise<readonly string[]>,
): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '').then(
      ({ status, body, type }) => response.writeHead(status, { 'content-type': type }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  async function answer(url: string) {
    const type = 'text/plain; charset=utf-8';
    if (url === '/live') return { status: 200, body: 'live\n', type };
    if (url === '/metrics')
      return { status: 200, body: await register.metrics(), type: register.contentType };
    if (url !== '/ready') return { status: 404, body: 'not found\n', type };
    const reasons = await notReady();
    return { status: reasons.length === 0 ? 200 : 503, body: `${reasons.join('\n') || 'ready'}\n`, type };
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  return server;
}
