/**
 * A site beside the site: the same people, prices and settings, no calls. A source is read into it with another format,
 * so that what would change is known before anything is changed. The file can be thrown away at any time.
 */
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Database, openDatabase } from './database.ts';
import { databaseMigrations } from './migrations/index.ts';

/** What people typed, in the order that references need. */
const TYPED_TABLES = [
  'settings',
  'sources',
  'format_definitions',
  'departments',
  'people',
  'department_memberships',
  'assignments',
  'tariffs',
  'tariff_versions',
  'tariff_choices',
  'trunk_groups',
  'closed_months',
  'closing_log',
  'late_calls',
  'call_decisions',
  'destinations',
] as const;

export interface ShadowSource {
  readonly id: number;
  readonly formatId: string;
  readonly formatOptions: Readonly<Record<string, string>>;
}

/** Beside the site's database; one a source. */
export function shadowPathOf(databasePath: string, sourceId: number): string {
  return join(dirname(databasePath), `reread-${sourceId}.db`);
}

/** Removes what a run that was cut off left. */
export function removeShadowSites(databasePath: string): void {
  const folder = dirname(databasePath);
  for (const name of readdirSync(folder)) {
    if (/^reread-\d+\.db(?:-wal|-shm)?$/.test(name)) rmSync(join(folder, name), { force: true });
  }
}

/** Makes the file anew. Throws the AppErrors of `openDatabase`. */
export function createShadowSite(path: string, site: Database, source: ShadowSource): Database {
  removeShadowSite(path);
  const db = openDatabase({ path, migrations: databaseMigrations, now: Date.now });
  try {
    // Nothing here is worth a wait for the disk: after a crash the file is made again.
    db.pragma('synchronous = OFF');
    db.prepare('ATTACH ? AS site').run(site.name);
    db.transaction(() => {
      for (const table of TYPED_TABLES) {
        db.prepare(`DELETE FROM main.${table}`).run();
        db.prepare(`INSERT INTO main.${table} SELECT * FROM site.${table}`).run();
      }
      db.prepare('UPDATE sources SET format_id = ?, format_options = ? WHERE id = ?').run(
        source.formatId,
        JSON.stringify(source.formatOptions),
        source.id,
      );
    })();
    db.prepare('DETACH site').run();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function removeShadowSite(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}
