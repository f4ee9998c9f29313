import { Command } from 'commander';
import { createApiKey } from '#services/api-key/create.ts';
import { listApiKeys } from '#services/api-key/list.ts';
import { revokeApiKey } from '#services/api-key/revoke.ts';
import { positive, positives } from './arguments.ts';
import { onInstallation } from './installation.ts';
import { type Columns, instant, isJson, printDone, printRows } from './output.ts';

type ApiKey = Awaited<ReturnType<typeof listApiKeys>>[number];

const COLUMNS: Columns<ApiKey> = {
  id: ({ id }) => id,
  key: ({ prefix }) => `${prefix}...`,
  user: ({ userEmail }) => userEmail,
  profiles: ({ profileIds }) => profileIds,
  created: ({ createdAtMs }) => instant(createdAtMs),
  'last used': ({ lastUsedAtMs }) => instant(lastUsedAtMs),
  revoked: ({ revokedAtMs }) => instant(revokedAtMs),
};

export function keysCommand(): Command {
  const keys = new Command('keys').description('API keys: secrets of users for the two APIs');
  keys
    .command('create')
    .description('make a key; it is printed this once and kept as a hash only')
    .requiredOption('--user <email>', 'the owner, whose role the key has')
    .requiredOption('--profile <id>', 'a profile that it reaches, repeatable', positives)
    .action(async ({ user, profile }: { user: string; profile: number[] }, command: Command) => {
      const key = await onInstallation((ctx) => createApiKey(ctx, { email: user, profileIds: profile }));
      // The key alone goes to standard output, so that a script can take it.
      if (!isJson(command)) console.error(`Key ${key.id}, shown this once:`);
      printDone(command, key, key.secret);
    });
  keys
    .command('revoke')
    .description('end a key at once')
    .argument('<id>', 'the key (kekal keys list)', positive)
    .action(async (apiKeyId: number, _options: unknown, command: Command) => {
      const key = await onInstallation((ctx) => revokeApiKey(ctx, { apiKeyId }));
      printDone(command, key, `Key ${key.id} (${key.prefix}...) is revoked.`);
    });
  keys
    .command('list')
    .description('keys by their beginnings, oldest first')
    .option('--user <email>', 'of one owner')
    .option('--revoked', 'revoked ones too', false)
    .option('--page <number>', 'which fifty', positive, 1)
    .action(async (options: { user?: string; revoked: boolean; page: number }, command: Command) => {
      const { user, revoked, page } = options;
      const filter = user === undefined ? { revoked, page } : { revoked, page, email: user };
      printRows(command, await onInstallation((ctx) => listApiKeys(ctx, filter)), COLUMNS);
    });
  return keys;
}
