import { collectDefaultMetrics, Gauge, register } from 'prom-client';
import type { Database } from '#db/database.ts';
import { outboxBacklog } from '#db/durability.repository.ts';
import { countWaiting } from '#db/metrics.repository.ts';

type Reading = Awaited<ReturnType<typeof read>>;
type Value = readonly [labels: Record<string, string>, value: number];

/**
 * What an operator's graphs show of the promises: read from Postgres at each scrape, so that every process tells the
 * same and a restart forgets nothing. While the database is away they are unknown (NaN), not zero.
 */
export function registerMetrics(database: Database): void {
  register.clear();
  collectDefaultMetrics();
  let current: Promise<Reading | undefined> | undefined;
  // All gauges of one scrape are collected at once and share one reading.
  const reading = () => {
    current ??= read(database)
      .catch(() => undefined)
      .finally(() => {
        current = undefined;
      });
    return current;
  };
  const gauge = (name: string, help: string, labelNames: string[], values: (seen: Reading) => Value[]) =>
    new Gauge({
      name,
      help,
      labelNames,
      async collect() {
        const seen = await reading();
        this.reset();
        if (seen) for (const [labels, value] of values(seen)) this.set(labels, value);
        else if (labelNames.length === 0) this.set(Number.NaN);
      },
    });

  gauge('kekal_outbox_waiting', 'Outbox messages not handed to Temporal yet', [], (seen) => [
    [{}, seen.backlog.waiting],
  ]);
  gauge('kekal_outbox_oldest_seconds', 'Age of the oldest of them', [], (seen) => [
    [{}, seen.backlog.oldestMs / 1000],
  ]);
  gauge('kekal_payments_pending', 'Payments that the gateway has not decided', [], (seen) => [
    [{}, seen.counts.pendingPayments],
  ]);
  gauge('kekal_callbacks', 'Callbacks by status, settled ones of the last day', ['status'], (seen) =>
    seen.counts.callbacks.map(({ status, count }) => [{ status }, count]),
  );
  gauge('kekal_alerts_open', 'What needs a person, by kind', ['kind'], (seen) =>
    seen.counts.alerts.map(({ kind, count }) => [{ kind }, count]),
  );
}

function read(database: Database) {
  return database.asSystem(async (tx) => ({
    backlog: await outboxBacklog(tx),
    counts: await countWaiting(tx),
  }));
}
