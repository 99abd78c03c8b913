/** `tollbook data show | move`: where the data is, and taking it elsewhere on this computer. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../core/model/errors.ts';
import { lockFolder } from '../../core/store/folder-lock.ts';
import { type CommandContext, CommandFailure, defineCommand } from '../command.ts';
import { ensureDataFolder, usualDataFolder, writeMovedNote } from '../data-folder.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

/** Stay where they are: they speak of the place, not of the data. */
const OF_THE_PLACE = new Set(['lock.db', 'lock.db-journal', 'running.json', 'moved.json', 'window-profile']);

async function show(context: CommandContext): Promise<ExitCode> {
  const { dataFolder } = context;
  context.print({ dataFolder }, dataFolder);
  return EXIT.done;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Throws where anything of `from` is not the same in `to`. */
async function assertSame(from: string, to: string): Promise<void> {
  if (statSync(from).isDirectory()) {
    for (const name of readdirSync(from)) await assertSame(path.join(from, name), path.join(to, name));
  } else if ((await hashOf(from)) !== (await hashOf(to))) {
    throw new Error(to);
  }
}

/** Across disks: copied, compared, and only then removed. */
async function moveAll(from: string, to: string, names: readonly string[]): Promise<void> {
  if (statSync(from).dev === statSync(to).dev) {
    for (const name of names) renameSync(path.join(from, name), path.join(to, name));
    return;
  }
  for (const name of names) {
    await cp(path.join(from, name), path.join(to, name), { recursive: true, preserveTimestamps: true });
  }
  for (const name of names) await assertSame(path.join(from, name), path.join(to, name));
  for (const name of names) rmSync(path.join(from, name), { recursive: true });
}

async function move(context: CommandContext, _options: object, folder: string): Promise<ExitCode> {
  const { t, dataFolder } = context;
  const target = path.resolve(folder);
  if (!existsSync(dataFolder)) throw new CommandFailure(t('cli.dataFolder.nothing', { folder: dataFolder }));
  if (`${target}${path.sep}`.startsWith(`${dataFolder}${path.sep}`)) {
    throw new CommandFailure(t('cli.dataFolder.inside', { folder: target }), EXIT.wrongUse);
  }
  if (existsSync(target) && readdirSync(target).length > 0) throw new AppError('folder-not-empty', { path: target });
  const lock = lockFolder(dataFolder);
  try {
    mkdirSync(target, { recursive: true, mode: 0o700 });
    ensureDataFolder(target);
    const names = readdirSync(dataFolder).filter((name) => !OF_THE_PLACE.has(name));
    await moveAll(dataFolder, target, names);
    const isUsual = path.resolve(dataFolder) === path.resolve(usualDataFolder());
    if (isUsual) writeMovedNote(dataFolder, target);
    context.print(
      { from: dataFolder, to: target, isFoundByItself: isUsual },
      t(isUsual ? 'cli.dataFolder.moved' : 'cli.dataFolder.movedNamed', { from: dataFolder, to: target }),
    );
    return EXIT.done;
  } finally {
    lock.release();
  }
}

export function registerData(program: Command, t: CommandContext['t']): void {
  const data = program.command('data').description(t('cli.dataFolder.about'));
  defineCommand(data, 'show', t('cli.dataFolder.show'), (command) => command, show);
  defineCommand(data, 'move <folder>', t('cli.dataFolder.move'), (command) => command, move);
}
