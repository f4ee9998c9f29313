import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { commandCallback } from '#services/callback/command.ts';
import { type Callback, type CallbackDetails, listCallbacks, showCallback } from '#services/callback/read.ts';
import { positive } from './arguments.ts';
import { onProfile, Problem } from './installation.ts';
import { type Columns, instant, isJson, printDone, printOne, printRows } from './output.ts';

const PAGE = 50;
const LOOK_AGAIN_MS = 250;

const COLUMNS: Columns<Callback> = {
  id: ({ id }) => id,
  status: ({ status }) => status,
  of: ({ objectType, objectId }) => `${objectType} ${objectId}`,
  url: ({ url }) => url,
  created: ({ createdAtMs }) => instant(createdAtMs),
  reason: ({ reason }) => reason,
};

const ATTEMPTS: Columns<CallbackDetails['attempts'][number]> = {
  attempt: ({ number }) => number,
  by: ({ commandId }) => (commandId === null ? 'schedule' : `command ${commandId}`),
  due: ({ dueAtMs }) => instant(dueAtMs),
  started: ({ startedAtMs }) => instant(startedAtMs),
  outcome: ({ outcome }) => outcome ?? 'under way',
  status: ({ httpStatus }) => httpStatus,
  ms: ({ durationMs }) => durationMs,
  note: ({ error, crashDuplicate }) => [error, crashDuplicate && 'crash duplicate'].filter(Boolean),
};

interface ListOptions {
  profile?: number;
  status?: Callback['status'];
  bill?: string;
}

export function callbacksCommand(): Command {
  const callbacks = new Command('callbacks').description('what we owe to the addresses of integrators');
  const profileOption = ['--profile <id>', 'the profile; needed where there are several', positive] as const;
  callbacks
    .command('list')
    .description('callbacks, newest first')
    .option(...profileOption)
    .option('--status <status>', 'pending, delivered, dropped or cancelled')
    .option('--bill <id>', 'of one bill')
    .action(async ({ profile, status, bill }: ListOptions, command: Command) => {
      const filter = {
        limit: PAGE,
        ...(status !== undefined && { status: knownStatus(status) }),
        ...(bill !== undefined && { objectType: 'bill', objectId: bill }),
      };
      printRows(command, await onProfile(profile, (ctx) => listCallbacks(ctx, filter)), COLUMNS);
    });
  callbacks
    .command('show')
    .description('a callback, its attempts, and those that its workflow plans')
    .argument('<id>', 'the callback (its webhook-id)')
    .option(...profileOption)
    .action(async (id: string, { profile }: { profile?: number }, command: Command) => {
      const details = await onProfile(profile, async (ctx, config) => {
        const { onTemporal } = await import('./temporal.ts');
        return onTemporal(config, (reader) => showCallback(ctx, reader, id));
      });
      if (isJson(command)) return printDone(command, details, '');
      printOne(command, details.callback, { ...COLUMNS, schedule: ({ schedule }) => schedule.name });
      console.log('');
      printRows(command, details.attempts, ATTEMPTS);
      const coming = details.plan?.filter(({ kind }) => kind === 'coming') ?? [];
      for (const { number, atMs } of coming) console.log(`attempt ${number} is planned for ${instant(atMs)}`);
    });
  callbacks
    .command('redeliver')
    .description('send it once more at once, outside the schedule')
    .argument('<id>', 'the callback (its webhook-id)')
    .option(...profileOption)
    .option('--idempotency-key <key>', 'the same key again sends nothing more')
    .action(async (id: string, options: { profile?: number; idempotencyKey?: string }, command: Command) => {
      const { idempotencyKey = null } = options;
      const done = await onProfile(options.profile, (ctx) =>
        commandCallback(ctx, { signals: POLLING }, { callbackId: id, verb: 'redeliver', idempotencyKey }),
      );
      if (done.outcome?.outcome !== 'delivered') process.exitCode = 1;
      printDone(command, done, outcomeSentence(done.outcome));
    });
  return callbacks;
}

/** The command lives for seconds: it looks at the row instead of listening. */
const POLLING = {
  heard: async (_commandId: number, timeoutMs: number) => {
    await delay(Math.min(timeoutMs, LOOK_AGAIN_MS));
  },
};

function outcomeSentence(outcome: Readonly<Record<string, unknown>> | null): string {
  if (outcome === null)
    return 'Not sent yet: the command waits, and will be carried out when the worker is back.';
  const status = typeof outcome.httpStatus === 'number' ? ` (status ${outcome.httpStatus})` : '';
  return outcome.outcome === 'delivered' ? `Delivered${status}.` : `Not delivered${status}.`;
}

function knownStatus(status: string): Callback['status'] {
  const known = (['pending', 'delivered', 'dropped', 'cancelled'] as const).find((each) => each === status);
  if (!known) throw new Problem('A callback is pending, delivered, dropped or cancelled.');
  return known;
}
