import type { IncomingMessage } from 'node:http';
import { ParamsError } from './params.ts';

/**
 * The body's bytes, of any method: the Node server hides those of GET, so they are read from its own stream. Nothing is
 * kept beyond the limit. Throws ParamsError `too_large`; `unparseable` when the caller breaks off.
 */
export async function readBody(
  request: Request,
  incoming: IncomingMessage | undefined,
  limitBytes: number,
): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw new ParamsError('too_large');
  return incoming ? fromNode(incoming, limitBytes) : fromWeb(request, limitBytes);
}

function fromNode(incoming: IncomingMessage, limitBytes: number): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
    else end(() => reject(new ParamsError('too_large')));
  };
  const onEnd = () => end(() => resolve(Buffer.concat(chunks)));
  const onBroken = () => end(() => reject(new ParamsError('unparseable')));
  // The rest flows away unread; iterating would destroy the socket before the answer is out.
  function end(settle: () => void): void {
    incoming.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
    settle();
  }
  if (incoming.readableEnded) return Promise.resolve(new Uint8Array());
  incoming.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  return promise;
}

async function fromWeb(request: Request, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > limitBytes) {
      await reader.cancel();
      throw new ParamsError('too_large');
    }
    chunks.push(value);
  }
}
