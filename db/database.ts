import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { PreparingClient } from './preparing-client.ts';
import type { Tables } from './tables/index.ts';

/** One transaction under one role; repositories take it as their first argument. */
export type Tx = Kysely<Tables> & { readonly __inTransaction?: true };

export interface Database {
  /** Role `kekal_app`: row-level security shows the rows of this profile only. Commits when `work` resolves. */
  asProfile<T>(profileId: number, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Role `kekal_system`: for what must act before a profile is known (keys, links, relay, sweeper, the command). */
  asSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A read as `kekal_system` whose answer does not wait for the transaction's end: one round trip. */
  lookUp<T>(read: (tx: Tx) => Promise<T>): Promise<T>;
  /** Connection of its own for LISTEN; `database.listen` in notifications.ts keeps it alive. */
  readonly url: string;
  /** For migrations and tests; product code goes through the two roles. */
  readonly kysely: Kysely<Tables>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.INT8) return safeInteger;
    if (oid === pg.types.builtins.DATE) return String; // YYYY-MM-DD: a date has no instant
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

const AS_SYSTEM = 'set local role kekal_system';

/** A pool on `url`; nothing connects before the first query. */
export function openDatabase({ url, poolMax }: { url: string; poolMax: number }): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolMax,
    types,
    connectionTimeoutMillis: 10_000,
    pipeline: true,
    Client: PreparingClient,
  });
  pool.on('error', () => {}); // an idle connection lost with its server: the next query opens another
  // One in use between two queries has no other listener, and an unheard error ends the process: its next query fails.
  pool.on('connect', (client) => client.on('error', () => {}));
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    url,
    kysely,
    pool,
    asProfile: (profileId, work) => {
      if (!Number.isSafeInteger(profileId)) throw new TypeError(`profile id ${profileId} is no integer`);
      return transaction(kysely, `set local role kekal_app; set local app.profile_id = '${profileId}'`, work);
    },
    asSystem: (work) => transaction(kysely, AS_SYSTEM, work),
    lookUp: (read) => lookUp(kysely, read),
    close: () => kysely.destroy(),
  };
}

/** BEGIN, role and profile travel together with the first query: a transaction costs one round trip more than its queries. */
async function transaction<T>(
  kysely: Kysely<Tables>,
  scope: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return kysely.connection().execute(async (connection) => {
    const begun = connection.executeQuery(CompiledQuery.raw(`begin; ${scope}`));
    begun.catch(() => {}); // told below; the queries behind it on the wire fail too
    let result: T;
    try {
      result = await work(connection);
      await begun;
    } catch (error) {
      const first = await begun.then(
        () => error,
        (failed: unknown) => failed,
      );
      await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => {}); // the first error matters
      throw first;
    }
    await connection.executeQuery(CompiledQuery.raw('commit'));
    return result;
  });
}

function lookUp<T>(kysely: Kysely<Tables>, read: (tx: Tx) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    transaction(kysely, AS_SYSTEM, async (tx) => {
      resolve(await read(tx));
    }).catch(reject); // what fails after the answer is told to nobody: nothing was written
  });
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond the safe integers`);
  return value;
}
