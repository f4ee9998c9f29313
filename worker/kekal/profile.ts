import { Command } from 'commander';
import { SCHEDULES } from '#domain/callback-schedule.ts';
import { createProfile } from '#services/profile/create.ts';
import { setProfile } from '#services/profile/set.ts';
import { listProfiles, revealProfileSecrets } from '#services/profile/show.ts';
import { onOff, positive } from './arguments.ts';
import { askYes } from './ask.ts';
import { onInstallation, pickProfile, Problem } from './installation.ts';
import { type Columns, printOne, printRows } from './output.ts';

type Profile = Awaited<ReturnType<typeof createProfile>>;
type Switches = Parameters<typeof setProfile>[2];

const ROWS: Columns<Profile> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  mode: ({ mode }) => mode,
  currency: ({ currency }) => currency,
  merchant: ({ merchantId, merchantName }) => `${merchantId} ${merchantName}`,
  eligible: ({ eligible }) => eligible,
};

const ALL: Columns<Profile> = {
  ...ROWS,
  'contact-email': ({ contactEmail }) => contactEmail,
  language: ({ language }) => language,
  'time-zone': ({ timeZone }) => timeZone,
  'callback-schedule': ({ callbackSchedule }) => callbackSchedule,
  'x-signature-callback': ({ xSignatureCallback }) => xSignatureCallback,
  'x-signature-redirect': ({ xSignatureRedirect }) => xSignatureRedirect,
  'extra-payment-completion': ({ extraPaymentCompletion }) => extraPaymentCompletion,
  'customer-receipt-delivery': ({ customerReceiptDelivery }) => customerReceiptDelivery,
  'rate-level': ({ rateLevel }) => rateLevel,
};

interface CreateOptions extends Switches {
  merchant: number;
  mode: 'live' | 'sandbox';
  currency?: string;
  name: string;
  contactEmail: string;
}

export function profileCommand(): Command {
  const profile = new Command('profile').description('business cases of merchants, and their switches');
  withSwitches(profile.command('create'))
    .description('add a profile; both X Signature switches are asked for')
    .requiredOption('--merchant <id>', 'whose profile', positive)
    .requiredOption('--mode <mode>', 'live or sandbox; never changes')
    .requiredOption('--name <name>', 'name of the business case')
    .requiredOption('--contact-email <address>', 'whom payers and alerts reach')
    .option('--currency <code>', 'never changes (default: MYR)')
    .action(async ({ merchant, ...options }: CreateOptions, command: Command) => {
      const input = { ...options, ...(await signatureSwitches(options)), merchantId: merchant };
      const made = await onInstallation((ctx) => createProfile(ctx, input));
      printOne(command, made, ALL);
    });
  profile
    .command('show')
    .description('every switch of a profile')
    .argument('[id]', 'the profile; needed where there are several', positive)
    .option('--secrets', 'the X Signature key and the webhook secret too; this is audited', false)
    .action(async (id: number | undefined, options: { secrets: boolean }, command: Command) => {
      const { shown, secrets } = await onInstallation(async (ctx) => {
        const shown = await pickProfile(ctx, id);
        return { shown, secrets: options.secrets ? await revealProfileSecrets(ctx, shown.id) : null };
      });
      if (!secrets) return printOne(command, shown, ALL);
      printOne(
        command,
        { ...shown, ...secrets },
        {
          ...ALL,
          'x-signature-key': ({ xSignatureKey }) => xSignatureKey,
          'webhook-secret': ({ webhookSecret }) => webhookSecret,
        },
      );
    });
  withSwitches(profile.command('set'))
    .description('change switches of a profile')
    .argument('<id>', 'the profile', positive)
    .option('--name <name>', 'name of the business case')
    .option('--contact-email <address>', 'whom payers and alerts reach')
    .action(async (id: number, options: Switches, command: Command) => {
      if (Object.keys(options).length === 0) throw new Problem('Nothing to set: name a switch.');
      printOne(command, await onInstallation((ctx) => setProfile(ctx, id, options)), ALL);
    });
  profile
    .command('list')
    .description('profiles, oldest first')
    .option('--merchant <id>', 'of one merchant', positive)
    .option('--page <number>', 'which fifty', positive, 1)
    .action(async ({ merchant, page }: { merchant?: number; page: number }, command: Command) => {
      const filter = merchant === undefined ? { page } : { page, merchantId: merchant };
      printRows(command, await onInstallation((ctx) => listProfiles(ctx, filter)), ROWS);
    });
  return profile;
}

function withSwitches(command: Command): Command {
  return command
    .option('--language <code>', 'en or ms')
    .option('--time-zone <name>', 'such as Asia/Kuala_Lumpur')
    .option('--callback-schedule <name>', Object.keys(SCHEDULES).join(', '))
    .option('--x-signature-callback <on|off>', 'sign callbacks', onOff)
    .option('--x-signature-redirect <on|off>', 'sign redirects', onOff)
    .option('--extra-payment-completion <on|off>', 'send the extra fields of a completed payment', onOff)
    .option('--customer-receipt-delivery <on|off>', 'mail receipts, where the collection says nothing', onOff)
    .option('--rate-level <gets>', 'GETs per 300 s: unlimited, 100 or 10');
}

/** Stored off unless somebody decides: whoever makes a profile does. Source: decisions.md, "Callback schedule". */
async function signatureSwitches({ xSignatureCallback, xSignatureRedirect }: Switches) {
  const ask = (what: string, option: string) =>
    askYes(`X Signature for ${what}?`, `Decide it with --${option} on or --${option} off.`);
  return {
    xSignatureCallback: xSignatureCallback ?? (await ask('callbacks', 'x-signature-callback')),
    xSignatureRedirect: xSignatureRedirect ?? (await ask('redirects', 'x-signature-redirect')),
  };
}
