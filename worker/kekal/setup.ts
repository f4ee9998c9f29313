import { Command } from 'commander';
import { migrate } from '#db/migrate.ts';
import { installationConfig } from './installation.ts';
import { printDone } from './output.ts';

export function setupCommand(): Command {
  const setup = new Command('setup').description('prepare the parts that an installation stands on');
  setup
    .command('database')
    .description('bring the schema of the database to the newest version')
    .action(async (_options: unknown, command: Command) => {
      await migrate(installationConfig().databaseUrl);
      printDone(command, { database: 'ready' }, 'The schema of the database is the newest.');
    });
  setup
    .command('temporal')
    .description('register namespaces and search attributes')
    .action(async (_options: unknown, command: Command) => {
      const { setupTemporal } = await import('../setup-temporal.ts');
      const { temporalConnection } = await import('../temporal-connection.ts');
      await setupTemporal(temporalConnection(installationConfig()));
      printDone(command, { temporal: 'ready' }, 'Temporal has both namespaces and all search attributes.');
    });
  return setup;
}
