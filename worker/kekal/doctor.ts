import { Command } from 'commander';
import { pendingMigrations } from '#db/migrate.ts';
import type { Config } from '../config.ts';
import type { Finding } from './examine-temporal.ts';
import { installationConfig } from './installation.ts';
import { printRows } from './output.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check everything that the product stands on; exit code 1 when something is wrong')
    .action(async (_options: unknown, command: Command) => {
      const config = installationConfig();
      const { examineTemporal } = await import('./examine-temporal.ts');
      const findings = [await examineDatabase(config), ...(await examineTemporal(config))];
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
      printRows(command, findings, {
        check: ({ check }) => check,
        '': ({ ok }) => (ok ? 'good' : 'WRONG'),
        found: ({ found }) => found,
      });
    });
}

async function examineDatabase({ databaseUrl }: Config): Promise<Finding> {
  const check = 'database';
  try {
    const pending = await pendingMigrations(databaseUrl);
    if (pending.length === 0) return { check, ok: true, found: 'reachable, schema is the newest' };
    return { check, ok: false, found: `lacks ${pending.join(', ')}: run kekal setup database` };
  } catch (error) {
    return {
      check,
      ok: false,
      found: `does not answer: ${error instanceof Error ? error.message : 'unknown'}`,
    };
  }
}
