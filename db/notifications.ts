import pg from 'pg';

export type Channel = 'outbox' | 'command_settled';

export interface Notifications {
  /** Calls `heard` for each message of the channel; a lost connection may lose some: rows are the truth. */
  on(channel: Channel, heard: (payload: string) => void): () => void;
  close(): Promise<void>;
}

const RECONNECT_MS = 500;

/** The process's one LISTEN connection; it comes back by itself after Postgres was away. */
export function openNotifications(url: string): Notifications {
  const listeners = new Map<Channel, Set<(payload: string) => void>>([
    ['outbox', new Set()],
    ['command_settled', new Set()],
  ]);
  let client: pg.Client | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url });
    next.on('notification', ({ channel, payload }) => {
      for (const heard of listeners.get(channel as Channel) ?? []) heard(payload ?? '');
    });
    next.on('error', () => {});
    next.on('end', again);
    try {
      await next.connect();
      await next.query('listen outbox; listen command_settled');
      client = next;
      for (const heard of listeners.get('outbox') ?? []) heard(''); // what was written while we were deaf
    } catch {
      await next.end().catch(() => {});
      again();
    }
    if (closed) await next.end().catch(() => {});
  }

  function again(): void {
    client = undefined;
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, RECONNECT_MS);
  }

  void connect();
  return {
    on(channel, heard) {
      listeners.get(channel)?.add(heard);
      return () => listeners.get(channel)?.delete(heard);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
