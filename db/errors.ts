import pg from 'pg';

/** A lock was not given within `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return hasCode(error, '55P03');
}

const DOWN = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT']);

/** Postgres is away or going: nothing is known to have happened but what was committed; trying again later is right. */
export function isDatabaseDown(error: unknown): boolean {
  // 0A000: a prepared plan is older than a migration; the next connection plans anew.
  if (error instanceof pg.DatabaseError) return /^(08|57P|53|0A000$)/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  if ('code' in error && DOWN.has(String(error.code))) return true;
  return /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered/.test(
    error.message,
  );
}

function hasCode(error: unknown, code: string): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && error.code === code;
}

/** What an operator must set right: the address or password, or a schema that was never made or is an old one. */
export function databaseFault(error: unknown): 'no_access' | 'no_schema' | undefined {
  if (!(error instanceof pg.DatabaseError)) return undefined;
  if (/^(28|3D000)/.test(error.code ?? '')) return 'no_access';
  const isMissing =
    /^(42P01|42703|42501)$/.test(error.code ?? '') || /^role .* does not exist$/.test(error.message);
  return isMissing ? 'no_schema' : undefined;
}
