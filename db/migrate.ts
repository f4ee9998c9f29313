import { Migrator } from 'kysely/migration';
import { openDatabase } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';

/**
 * Brings the schema of `databaseUrl` to the newest version; doing it again is harmless, two at once wait for each
 * other. Throws the first migration's error: nothing of that migration stays.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const database = openDatabase({ url: databaseUrl, poolMax: 2 });
  try {
    const migrator = new Migrator({
      db: database.kysely,
      provider: { getMigrations: async () => MIGRATIONS },
    });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error instanceof Error ? error : new Error(String(error));
  } finally {
    await database.close();
  }
}
