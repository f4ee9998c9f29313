import { Command } from 'commander';
import { createUser } from '#services/user/create.ts';
import { listUsers } from '#services/user/list.ts';
import { resetUser } from '#services/user/reset.ts';
import { positive, positives } from './arguments.ts';
import { askPassword } from './ask.ts';
import { onInstallation } from './installation.ts';
import { type Columns, printDone, printRows } from './output.ts';

type User = Awaited<ReturnType<typeof createUser>>;

const COLUMNS: Columns<User> = {
  id: ({ id }) => id,
  email: ({ email }) => email,
  name: ({ name }) => name,
  role: ({ role }) => role,
  merchant: ({ merchantId }) => merchantId,
  profiles: ({ profileIds }) => profileIds,
  active: ({ active }) => active,
};

interface CreateOptions {
  merchant: number;
  name: string;
  email: string;
  role: 'admin';
  profile?: number[];
  /** False with `--no-password`. */
  password: boolean;
  passwordStdin?: boolean;
}

export function usersCommand(): Command {
  const users = new Command('users').description('people of merchants');
  users
    .command('create')
    .description('add a user; the password is asked for')
    .requiredOption('--merchant <id>', 'whose user', positive)
    .requiredOption('--name <name>', 'name of the person')
    .requiredOption('--email <address>', 'what they sign in with')
    .requiredOption('--role <role>', 'admin, accountant, normal or restricted')
    .option(
      '--profile <id>',
      "a profile that they reach, repeatable (default: all the merchant's)",
      positives,
    )
    .option('--password-stdin', 'read the password from standard input')
    .option('--no-password', 'no sign-in, for an owner of API keys only')
    .action(async (options: CreateOptions, command: Command) => {
      const { merchant, name, email, role, profile } = options;
      const password = options.password
        ? await askPassword({ fromStdin: options.passwordStdin === true })
        : undefined;
      const user = await onInstallation((ctx) =>
        createUser(ctx, { merchantId: merchant, name, email, role, profileIds: profile, password }),
      );
      printDone(command, user, `User ${user.id} (${user.email}) is made, role ${user.role}.`);
    });
  users
    .command('reset')
    .description('set a new password, which is asked for, and sign the user out everywhere')
    .argument('<email>', 'the user')
    .option('--password-stdin', 'read the password from standard input')
    .action(async (email: string, options: { passwordStdin?: boolean }, command: Command) => {
      const password = await askPassword({ fromStdin: options.passwordStdin === true });
      const done = await onInstallation((ctx) => resetUser(ctx, { email, password }));
      printDone(command, done, `The password is set; sessions ended: ${done.sessionsEnded}.`);
    });
  users
    .command('list')
    .description('users, oldest first')
    .option('--merchant <id>', 'of one merchant', positive)
    .option('--page <number>', 'which fifty', positive, 1)
    .action(async ({ merchant, page }: { merchant?: number; page: number }, command: Command) => {
      const filter = merchant === undefined ? { page } : { page, merchantId: merchant };
      printRows(command, await onInstallation((ctx) => listUsers(ctx, filter)), COLUMNS);
    });
  return users;
}
