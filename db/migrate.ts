import { Migrator } from 'kysely/migration';
import { openDatabase } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';

/**
 * Brings the schema of `databaseUrl` to the newest version; doing it again is harmless, two at once wait for each
 * other. Throws the first migration's error: nothing of that migration stays.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  await withMigrator(databaseUrl, async (migrator) => {
    const { error } = await migrator.migrateToLatest();
    if (error instanceof Error) throw error;
    if (error !== undefined)
      throw new Error('The database schema could not be brought up.', { cause: error });
  });
}

/** Names of the migrations that the schema of `databaseUrl` still lacks, in order. Changes nothing. */
export async function pendingMigrations(databaseUrl: string): Promise<string[]> {
  return withMigrator(databaseUrl, async (migrator) => {
    const all = await migrator.getMigrations();
    return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
  });
}

async function withMigrator<T>(databaseUrl: string, work: (migrator: Migrator) => Promise<T>): Promise<T> {
  const database = openDatabase({ url: databaseUrl, poolMax: 2 });
  try {
    return await work(
      new Migrator({ db: database.kysely, provider: { getMigrations: async () => MIGRATIONS } }),
    );
  } finally {
    await database.close();
  }
}
