import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { keepDevMail } from '#services/dev-inbox/keep.ts';
import type { SystemCtx } from '#services/context.ts';

const LOOPBACK = '127.0.0.1';
const MESSAGE_MAX_BYTES = 10 * 1024 * 1024;
const IDLE_MS = 30_000;

export interface DevInbox {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Takes mail for the development inbox, on loopback only, from anybody and for everybody; nothing leaves it. A message
 * of more than 10 MiB is refused for good, one that cannot be stored just now for the moment.
 */
export async function startDevInbox(options: {
  readonly port: number;
  systemCtx(): SystemCtx;
  report(error: unknown): void;
}): Promise<DevInbox> {
  const server = new SMTPServer({
    banner: 'Kekal development inbox',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MESSAGE_MAX_BYTES,
    socketTimeout: IDLE_MS,
    logger: false,
    onData: (stream, session, done) => void answer(stream, session, done),
  });
  server.on('error', () => {}); // a client that went away

  async function answer(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error) => void,
  ): Promise<void> {
    try {
      await take(stream, session);
    } catch (error) {
      if (error instanceof SmtpRefusal) return done(error);
      options.report(error);
      return done(new SmtpRefusal(451, 'cannot be stored just now'));
    }
    done();
  }

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
    if (stream.sizeExceeded) throw new SmtpRefusal(552, 'more than 10 MiB');
    const raw = Buffer.concat(chunks);
    const { mailFrom, rcptTo } = session.envelope;
    await keepDevMail(options.systemCtx(), {
      sender: mailFrom === false ? '' : mailFrom.address,
      recipients: rcptTo.map(({ address }) => address),
      subject: (await PostalMime.parse(raw)).subject ?? '',
      raw,
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, LOOPBACK, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}
