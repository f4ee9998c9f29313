import { Command } from 'commander';
import { verifyLedger } from '#services/ledger/verify.ts';
import { onInstallation } from './installation.ts';
import { isJson, printDone, printRows } from './output.ts';

export function ledgerCommand(): Command {
  const ledger = new Command('ledger').description('the double-entry books');
  ledger
    .command('verify')
    .description('recompute everything; exit code 1 when something is wrong')
    .action(async (_options: unknown, command: Command) => {
      const report = await onInstallation((ctx) => verifyLedger(ctx));
      if (report.findings.length > 0) process.exitCode = 1;
      if (isJson(command)) return printDone(command, report, '');
      printRows(command, report.balances, {
        account: ({ account }) => account,
        currency: ({ currency }) => currency,
        'minor units (debit +)': ({ amountMinor }) => String(amountMinor),
      });
      for (const finding of report.findings) console.log(`WRONG: ${finding}`);
      if (report.findings.length === 0) console.log('The books are right: every posting sums to zero.');
    });
  return ledger;
}
