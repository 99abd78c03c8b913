/** `tollbook people`: people and their codes in and out of a file. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { PeopleImportPreview } from '../../core/api/contract.ts';
import { dataFilesOf } from '../../core/data-files.ts';
import { SiteZone } from '../../core/ingest/site-zone.ts';
import { localText } from '../../core/model/time.ts';
import { exportPeople } from '../../core/people/people-export.ts';
import { openDatabase } from '../../core/store/database.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { SettingsStore } from '../../core/store/settings.ts';
import {
  type CommandContext,
  CommandFailure,
  choice,
  collect,
  defineCommand,
  namedValues,
  reasonOf,
} from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { withApi } from '../local-api.ts';

function previewLines(context: CommandContext, preview: PeopleImportPreview): string[] {
  const errors = preview.rows.flatMap(({ rowNumber, errors: found }) =>
    found.map(({ field, message }) => context.t('cli.people.row', { row: rowNumber, field, message })),
  );
  return [context.t('cli.people.preview', preview.counts), ...errors];
}

interface PeopleImportOptions {
  readonly confirm?: boolean;
  readonly map?: readonly string[];
}

async function importPeople(context: CommandContext, options: PeopleImportOptions, file: string): Promise<ExitCode> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new CommandFailure(context.t('cli.noFile', { file, reason: reasonOf(error) }));
  });
  return withApi(context, async ({ client }) => {
    const mapping = options.map === undefined ? undefined : JSON.stringify(namedValues(context, options.map));
    const query = { fileName: path.basename(file), ...(mapping !== undefined && { mapping }) };
    const preview = await client.call('previewPeopleImport', { query, body: bytes });
    const lines = previewLines(context, preview);
    if (preview.counts.error > 0 || options.confirm !== true) {
      context.print(
        preview,
        [...lines, ...(preview.counts.error > 0 ? [] : [context.t('cli.people.notWritten')])].join('\n'),
      );
      return preview.counts.error > 0 ? EXIT.needsAttention : EXIT.done;
    }
    const written = await client.call('confirmPeopleImport', { params: { importId: preview.importId } });
    context.print({ ...preview.counts, ...written }, [...lines, context.t('cli.people.written', written)].join('\n'));
    return EXIT.done;
  });
}

/** Who can read the data folder can read the codes in it, so they stand in the file in full whatever the screen shows. */
async function writePeople(context: CommandContext, _options: object, file: string): Promise<ExitCode> {
  const type = choice(context, path.basename(file), path.extname(file).slice(1) || 'csv', ['csv', 'xlsx']);
  const { database } = dataFilesOf(context.dataFolder);
  if (!existsSync(database)) throw new CommandFailure(context.t('errors.file-not-found', { path: database }));
  const db = openDatabase({ path: database, migrations: databaseMigrations, now: Date.now });
  try {
    const zone = new SiteZone(new SettingsStore(db).get().timeZone);
    const today = localText(zone.localOfInstant(Math.floor(Date.now() / 1000))).slice(0, 10);
    const bytes = await exportPeople(db, { type, language: context.language, today });
    await writeFile(file, bytes, { mode: 0o600 });
  } finally {
    db.close();
  }
  context.print({ file }, file);
  return EXIT.done;
}

export function registerPeople(program: Command, t: CommandContext['t']): void {
  const people = program.command('people').description(t('cli.people.about'));
  defineCommand(
    people,
    'import <file>',
    t('cli.people.import'),
    (command) =>
      command.option('--confirm', t('cli.people.confirm')).option('--map <column=field>', t('cli.people.map'), collect),
    importPeople,
  );
  defineCommand(people, 'export <file>', t('cli.people.export'), (command) => command, writePeople);
}
