/** `tollbook backup` and `tollbook restore`: copies that can be put back, here or on another computer. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { readManifest } from '../../core/backup/archive.ts';
import { checkBackup } from '../../core/backup/check-backup.ts';
import { type BackupProgress, makeBackup } from '../../core/backup/make-backup.ts';
import { finishRestore, holdsData, stageRestore } from '../../core/backup/restore-backup.ts';
import { dataFilesOf } from '../../core/data-files.ts';
import { createFormats } from '../../core/i18n/format.ts';
import type { BackupManifest } from '../../core/model/backup.ts';
import { AppError } from '../../core/model/errors.ts';
import { localText } from '../../core/model/time.ts';
import { lockFolder } from '../../core/store/folder-lock.ts';
import { type CommandContext, CommandFailure, defineCommand } from '../command.ts';
import { ensureDataFolder } from '../data-folder.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { version } from '../version.ts';

function teller(context: CommandContext): (progress: BackupProgress) => void {
  let told = '';
  return ({ phase }) => {
    if (phase === told) return;
    told = phase;
    context.remark(context.t(`cli.backup.phase.${phase}`));
  };
}

/** On this computer's clock. */
function madeAtText(atMs: number): string {
  const at = new Date(atMs);
  return localText(Math.floor(atMs / 1000) - at.getTimezoneOffset() * 60).replace('T', ' ');
}

/** What a backup holds, as lines that people can compare. */
function linesOf({ t, language }: CommandContext, file: string, manifest: BackupManifest): string {
  const formats = createFormats(language);
  return t('cli.backup.holds', {
    file,
    company: manifest.companyName === '' ? '-' : manifest.companyName,
    madeAt: madeAtText(manifest.madeAtMs),
    program: manifest.program,
    calls: formats.number(manifest.calls),
    people: formats.number(manifest.people),
    newest: manifest.newestCallLocal?.replace('T', ' ') ?? '-',
    bytes: formats.number(manifest.journalBytes),
    key: t(manifest.hasKey ? 'cli.backup.withKey' : 'cli.backup.withoutKey'),
  });
}

interface BackupCommandOptions {
  readonly out?: string;
  readonly withKey?: boolean;
  readonly check?: string;
}

async function backup(context: CommandContext, options: BackupCommandOptions): Promise<ExitCode> {
  const { dataFolder } = context;
  const files = dataFilesOf(dataFolder);
  if (options.check !== undefined) {
    const file = path.resolve(options.check);
    const manifest = await checkBackup(file, path.dirname(file), teller(context));
    context.print(
      { file, isSound: true, ...manifest },
      `${linesOf(context, file, manifest)}\n${context.t('cli.backup.sound')}`,
    );
    return EXIT.done;
  }
  if (!existsSync(files.database)) throw new CommandFailure(context.t('cli.backup.nothing', { folder: dataFolder }));
  const targetFolder = path.resolve(options.out ?? files.backups);
  mkdirSync(targetFolder, { recursive: true, mode: 0o700 });
  const made = await makeBackup(
    { dataFolder, targetFolder, nowMs: Date.now(), program: version, withKey: options.withKey === true },
    teller(context),
  );
  await checkBackup(made.file, targetFolder, teller(context));
  context.print({ file: made.file, ...made.manifest }, linesOf(context, made.file, made.manifest));
  return EXIT.done;
}

interface RestoreCommandOptions {
  readonly preview?: boolean;
  readonly replace?: boolean;
}

async function restore(context: CommandContext, options: RestoreCommandOptions, file: string): Promise<ExitCode> {
  const { dataFolder } = context;
  const source = path.resolve(file);
  if (options.preview === true) {
    const manifest = await readManifest(source);
    context.print({ file: source, ...manifest }, linesOf(context, source, manifest));
    return EXIT.done;
  }
  if (holdsData(dataFolder) && options.replace !== true) throw new AppError('folder-not-empty', { path: dataFolder });
  ensureDataFolder(dataFolder);
  const lock = lockFolder(dataFolder);
  try {
    const manifest = await stageRestore(source, dataFolder, Date.now(), teller(context));
    const setAside = finishRestore(dataFolder);
    // A folder that was empty has nothing set aside.
    const aside = options.replace === true ? setAside : undefined;
    if (aside === undefined && setAside !== undefined) rmSync(setAside, { recursive: true, force: true });
    context.print(
      { dataFolder, setAside: aside ?? null, ...manifest },
      [
        linesOf(context, source, manifest),
        context.t('cli.restore.done', { folder: dataFolder }),
        ...(aside === undefined ? [] : [context.t('cli.restore.setAside', { folder: aside })]),
      ].join('\n'),
    );
  } finally {
    lock.release();
  }
  return EXIT.done;
}

export function registerBackup(program: Command, t: CommandContext['t']): void {
  defineCommand(
    program,
    'backup',
    t('cli.backup.about'),
    (command) =>
      command
        .option('--out <folder>', t('cli.backup.out'))
        .option('--with-key', t('cli.backup.keyOption'))
        .option('--check <file>', t('cli.backup.checkOption')),
    backup,
  );
  defineCommand(
    program,
    'restore <file>',
    t('cli.restore.about'),
    (command) => command.option('--preview', t('cli.restore.preview')).option('--replace', t('cli.restore.replace')),
    restore,
  );
}
