import { createHash } from 'node:crypto';
import pg from 'pg';

/** More than the product has; past it (lists of any length make texts of their own) statements go unprepared. */
const STATEMENTS_MAX = 500;
const names = new Map<string, string>();

/**
 * A connection that prepares each statement with parameters once: planning the joins of a request anew costs Postgres
 * far more than running them.
 */
export class PreparingClient extends pg.Client {
  // The one shape in which Kysely and the pool call it: text, values and perhaps a callback.
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    const name =
      typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const call = super.query as unknown as (this: pg.Client, ...given: unknown[]) => unknown;
    const result =
      name === undefined ? call.apply(this, args) : call.call(this, { name, text, values }, ...rest);
    if (result instanceof Promise) result.catch((error: unknown) => this.#dropIfStale(error));
    return result as never;
  }

  /** After a migration the plans of a connection may be those of a table that changed: another one plans anew. */
  #dropIfStale(failure: unknown): void {
    if (failure instanceof pg.DatabaseError && failure.code === '0A000') this.end(() => {});
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= STATEMENTS_MAX) return known;
  const name = createHash('sha1').update(text).digest('hex').slice(0, 32);
  names.set(text, name);
  return name;
}
