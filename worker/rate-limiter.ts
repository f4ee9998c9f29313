import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Count, RateLimiter } from '#api/deps.ts';
import type { Database } from '#db/database.ts';

/** Fixed windows in Postgres, so that every api process counts the same. */
export function createRateLimiter(database: Database): RateLimiter {
  const limiters = new Map<string, RateLimiterPostgres>();
  function limiterOf(limit: number, windowS: number): RateLimiterPostgres {
    const name = `${limit}/${windowS}`;
    const known = limiters.get(name);
    if (known) return known;
    const made = new RateLimiterPostgres({
      storeClient: database.pool,
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: name,
      points: limit,
      duration: windowS,
    });
    limiters.set(name, made);
    return made;
  }
  return {
    async take(key, limit, windowS) {
      const seen = await limiterOf(limit, windowS)
        .consume(key)
        .catch((refused: unknown) => {
          if (refused instanceof RateLimiterRes) return refused;
          throw refused;
        });
      return countOf(seen, limit);
    },
    async look(key, limit, windowS) {
      const seen = await limiterOf(limit, windowS).get(key);
      return seen ? countOf(seen, limit) : { allowed: true, remaining: limit, resetS: windowS };
    },
  };
}

function countOf(seen: RateLimiterRes, limit: number): Count {
  return {
    allowed: seen.consumedPoints <= limit,
    remaining: Math.max(0, seen.remainingPoints),
    resetS: Math.max(1, Math.ceil(seen.msBeforeNext / 1000)),
  };
}
