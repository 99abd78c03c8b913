/** `tollbook journal`: the bytes as they came, checked and copied. Works beside a running service. */

import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import type { Command } from 'commander';
import { dataFilesOf } from '../../core/data-files.ts';
import { openDatabase } from '../../core/store/database.ts';
import { Journal } from '../../core/store/journal.ts';
import { verifyJournal } from '../../core/store/journal-verify.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { type CommandContext, CommandFailure, defineCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

async function withJournal<T>(context: CommandContext, work: (journal: Journal) => Promise<T>): Promise<T> {
  const { journal: file } = dataFilesOf(context.dataFolder);
  if (!existsSync(file)) throw new CommandFailure(context.t('errors.file-not-found', { path: file }));
  const journal = Journal.open({ path: file, now: Date.now });
  try {
    return await work(journal);
  } finally {
    journal.close();
  }
}

async function verify(context: CommandContext): Promise<ExitCode> {
  return withJournal(context, async (journal) => {
    const result = await verifyJournal(journal);
    const lines = result.breaks.map((found) =>
      context.t('cli.journal.broken', { source: found.sourceId, offset: found.offset, reason: found.kind }),
    );
    const { chunks, bytes, sources } = result;
    context.print(
      { isWhole: lines.length === 0, ...result },
      lines.length === 0 ? context.t('cli.journal.whole', { chunks, bytes, sources }) : lines.join('\n'),
    );
    return lines.length === 0 ? EXIT.done : EXIT.needsAttention;
  });
}

function findSource(context: CommandContext, journal: Journal, wanted: string | undefined): number {
  const ids = journal.heads().map((head) => head.sourceId);
  const db = openDatabase({
    path: dataFilesOf(context.dataFolder).database,
    migrations: databaseMigrations,
    now: Date.now,
  });
  const names = new Map(new SourceStore(db).listAll().map(({ id, name }) => [id, name]));
  db.close();
  const only = wanted === undefined && ids.length === 1 ? ids[0] : undefined;
  const found = only ?? ids.find((id) => String(id) === wanted || names.get(id) === wanted);
  if (found === undefined) {
    const known = ids.map((id) => `${id} (${names.get(id) ?? '?'})`).join(', ');
    throw new CommandFailure(context.t('cli.journal.unknownSource', { source: wanted ?? '', known }), EXIT.wrongUse);
  }
  return found;
}

async function exportBytes(
  context: CommandContext,
  options: { readonly source?: string; readonly out: string },
): Promise<ExitCode> {
  return withJournal(context, async (journal) => {
    const source = findSource(context, journal, options.source);
    const stream = options.out === '-' ? process.stdout : createWriteStream(options.out);
    let bytes = 0;
    for (let offset = 0; ; ) {
      const chunks = journal.readChunks(source, offset, 2 ** 20);
      if (chunks.length === 0) break;
      for (const chunk of chunks) {
        if (!stream.write(chunk.bytes)) await once(stream, 'drain');
        bytes += chunk.bytes.length;
        offset = chunk.offset + chunk.bytes.length;
      }
    }
    if (options.out !== '-') {
      stream.end();
      await once(stream, 'finish');
      context.print(
        { source, bytes, file: options.out },
        context.t('cli.journal.exported', { bytes, source, file: options.out }),
      );
    }
    return EXIT.done;
  });
}

export function registerJournal(program: Command, t: CommandContext['t']): void {
  const journal = program.command('journal').description(t('cli.journal.about'));
  defineCommand(journal, 'verify', t('cli.journal.verify'), (command) => command, verify);
  defineCommand(
    journal,
    'export',
    t('cli.journal.export'),
    (command) =>
      command.option('--source <id>', t('cli.journal.source')).requiredOption('--out <file>', t('cli.journal.out')),
    exportBytes,
  );
}
