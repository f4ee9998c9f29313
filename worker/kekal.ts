#!/usr/bin/env node
import { Command } from 'commander';
import { alertsCommand } from './kekal/alerts.ts';
import { bankVerificationsCommand } from './kekal/bank-verifications.ts';
import { billsCommand } from './kekal/bills.ts';
import { callbacksCommand } from './kekal/callbacks.ts';
import { doctorCommand } from './kekal/doctor.ts';
import { holidaysCommand } from './kekal/holidays.ts';
import { keysCommand } from './kekal/keys.ts';
import { ledgerCommand } from './kekal/ledger.ts';
import { mailsCommand } from './kekal/mails.ts';
import { merchantsCommand } from './kekal/merchants.ts';
import { profileCommand } from './kekal/profile.ts';
import { sentenceOf } from './kekal/sentence.ts';
import { setupCommand } from './kekal/setup.ts';
import { smsCommand } from './kekal/sms.ts';
import { usersCommand } from './kekal/users.ts';

const kekal = new Command('kekal')
  .description("The operator's command: on what DATABASE_URL names, or on the stack that npm start runs.")
  .option('--json', 'print JSON, for machines');
const areas = [
  merchantsCommand,
  usersCommand,
  keysCommand,
  profileCommand,
  alertsCommand,
  ledgerCommand,
  billsCommand,
  callbacksCommand,
  bankVerificationsCommand,
  holidaysCommand,
  mailsCommand,
  smsCommand,
  setupCommand,
  doctorCommand,
];
for (const area of areas) kekal.addCommand(area());

try {
  await kekal.parseAsync();
} catch (error) {
  const sentence = sentenceOf(error);
  console.error(sentence ?? error);
  process.exitCode = 1;
}
