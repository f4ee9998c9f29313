import { randomUUID } from 'node:crypto';
import { openDatabase } from '#db/database.ts';
import type { Profile } from '#domain/profile.ts';
import { createSystemCtx, type Ctx, type SystemCtx } from '#services/context.ts';
import { listProfiles, showProfile } from '#services/profile/show.ts';
import { createSecretBox } from '#services/secrets/secret-box.ts';
import { type Config, readConfig, withRunningStack } from '../config.ts';

const NAME = 'kekal';
const CONNECTIONS_MAX = 2;

/** The settings of the installation that this command is for: those that are set, or the running stack's. */
export function installationConfig(): Config {
  return readConfig(withRunningStack());
}

/** Runs `work` as the operator of the installation and lets go of the database. */
export async function onInstallation<T>(work: (ctx: SystemCtx, config: Config) => Promise<T>): Promise<T> {
  const config = installationConfig();
  const database = openDatabase({ url: config.databaseUrl, poolMax: CONNECTIONS_MAX });
  const around = {
    database,
    secrets: createSecretBox(config.secretKey),
    publicUrl: config.publicUrl ?? `http://${config.host}:${config.port}`,
  };
  const who = { actor: { kind: 'system', name: NAME }, requestId: `${NAME}_${randomUUID()}` } as const;
  try {
    return await work(createSystemCtx(around, who), config);
  } finally {
    await database.close();
  }
}

/** As `onInstallation`, on one profile: the given one, or the only one there is. */
export function onProfile<T>(
  profileId: number | undefined,
  work: (ctx: Ctx, config: Config) => Promise<T>,
): Promise<T> {
  return onInstallation(async (ctx, config) =>
    work(ctx.forProfile(await pickProfile(ctx, profileId)), config),
  );
}

/** The profile of this id, or the only one of the installation. */
export async function pickProfile(ctx: SystemCtx, profileId: number | undefined): Promise<Profile> {
  if (profileId !== undefined) return showProfile(ctx, profileId);
  const [only, ...others] = await listProfiles(ctx);
  if (!only) throw new Problem('There is no profile yet: kekal profile create makes one.');
  if (others.length > 0) throw new Problem('There are several profiles: say which one (kekal profile list).');
  return only;
}

/** What the command cannot do, and why: its message is the sentence to print. */
export class Problem extends Error {
  override readonly name = 'Problem';
}
