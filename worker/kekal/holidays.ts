import { Command, Option } from 'commander';
import {
  addHoliday,
  type Holiday,
  type HolidayInput,
  listHolidays,
  removeHoliday,
} from '#services/holiday/edit.ts';
import type { z } from 'zod';
import { positive } from './arguments.ts';
import { onInstallation } from './installation.ts';
import { type Columns, printDone, printRows } from './output.ts';

type NewHoliday = z.input<typeof HolidayInput>;

const COLUMNS: Columns<Holiday> = {
  day: ({ day }) => day,
  name: ({ name }) => name,
  kind: ({ kind }) => kind,
  status: ({ status }) => status,
  scope: ({ scope }) => scope,
  source: ({ source }) => source,
};

export function holidaysCommand(): Command {
  const holidays = new Command('holidays').description('days on which banks are closed, in Kuala Lumpur');
  holidays
    .command('list')
    .description('holidays by day')
    .option('--year <year>', 'of one year', positive)
    .action(async ({ year }: { year?: number }, command: Command) => {
      printRows(command, await onInstallation((ctx) => listHolidays(ctx, year)), COLUMNS);
    });
  holidays
    .command('add')
    .description('a holiday; whatever waits for a working day moves later when it falls in between')
    .argument('<day>', 'YYYY-MM-DD')
    .argument('<name>', 'its name in English')
    .option('--name-ms <name>', 'its name in Malay')
    .addOption(
      new Option('--kind <kind>', 'how the day is found')
        .choices(['fixed', 'lunar', 'substitute', 'special'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--status <status>', 'how sure it is')
        .choices(['gazetted', 'announced', 'estimate'])
        .makeOptionMandatory(),
    )
    .addOption(new Option('--scope <scope>', 'where it holds').choices(['federal', 'federal-territory']))
    .requiredOption('--source <source>', 'where it was read: a gazette number or an address')
    .action(
      async (day: string, name: string, options: Omit<NewHoliday, 'day' | 'name'>, command: Command) => {
        const holiday = await onInstallation((ctx) => addHoliday(ctx, { ...options, day, name }));
        printDone(command, holiday, `${holiday.day} is a holiday: ${holiday.name}.`);
      },
    );
  holidays
    .command('remove')
    .description('takes a holiday back; what waits longer because of it goes on waiting')
    .argument('<day>', 'YYYY-MM-DD')
    .argument('<name>', 'its name in English, exactly')
    .action(async (day: string, name: string, _options: unknown, command: Command) => {
      await onInstallation((ctx) => removeHoliday(ctx, day, name));
      printDone(command, { day, name }, `${day} is no longer a holiday for ${name}.`);
    });
  return holidays;
}
