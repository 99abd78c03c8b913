/**
 * Puts a backup in place of the data of a folder that no service has open. Everything is unpacked and proved beside it first;
 * then files change places by renaming, in an order that can be taken up after a power cut. What was there is set aside.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { BackupManifest } from '../model/backup.ts';
import { AppError } from '../model/errors.ts';
import { fromSqliteError } from '../store/database.ts';
import { unpackAndProve } from './check-backup.ts';
import { AUDIT_ANCHOR, BACKED_UP_FOLDERS, DATABASE_COMPANIONS, DATABASE_FILES, KEY_FILE } from './data-folder-parts.ts';
import type { BackupProgress } from './make-backup.ts';

const STAGE = 'restoring';
const READY = 'ready.json';

const Ready = z.object({ setAside: z.string().regex(/^replaced-\d{8}-\d{6}$/), names: z.array(z.string()) });

const stageOf = (dataFolder: string): string => path.join(dataFolder, STAGE);

/** True when the folder holds books or bytes that a restore would set aside. */
export function holdsData(dataFolder: string): boolean {
  return DATABASE_FILES.some((name) => existsSync(path.join(dataFolder, name)));
}

/**
 * Unpacks and proves a backup, and leaves it ready for `finishRestore`, at the latest at the next start. Throws what
 * `unpackAndProve` throws.
 */
export async function stageRestore(
  file: string,
  dataFolder: string,
  nowMs: number,
  onProgress: (progress: BackupProgress) => void,
): Promise<BackupManifest> {
  const stage = stageOf(dataFolder);
  try {
    rmSync(stage, { recursive: true, force: true });
    const unpacked = path.join(stage, 'data');
    mkdirSync(unpacked, { recursive: true, mode: 0o700 });
    const manifest = await unpackAndProve(file, unpacked, onProgress);
    const stamp = new Date(nowMs)
      .toISOString()
      .replaceAll(/[-:]|\.\d+Z$/g, '')
      .replace('T', '-');
    const names = [...new Set(manifest.entries.map(({ name }) => name.split('/')[0] ?? name))];
    writeReady(stage, { setAside: `replaced-${stamp}`, names });
    return manifest;
  } catch (error) {
    rmSync(stage, { recursive: true, force: true });
    throw error instanceof AppError ? error : fromSqliteError(dataFolder, error);
  }
}

/** On the disk before it has its name: with it the restore is decided. */
function writeReady(stage: string, ready: z.infer<typeof Ready>): void {
  const part = path.join(stage, `${READY}.part`);
  writeFileSync(part, JSON.stringify(ready));
  const handle = openSync(part, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(part, path.join(stage, READY));
}

/**
 * Finishes a restore that was made ready; nothing to do gives undefined, otherwise the folder that what was there lies in.
 * The folder must be locked by the caller, and its databases closed.
 */
export function finishRestore(dataFolder: string): string | undefined {
  const stage = stageOf(dataFolder);
  const readyFile = path.join(stage, READY);
  if (!existsSync(readyFile)) {
    // Unpacking was cut off: nothing was decided.
    rmSync(stage, { recursive: true, force: true });
    return undefined;
  }
  const { setAside, names } = Ready.parse(JSON.parse(readFileSync(readyFile, 'utf8')));
  const aside = path.join(dataFolder, setAside);
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  // Also what the backup does not have: files of the data that goes must not be taken for those of the data that comes.
  const present = [
    ...DATABASE_FILES.flatMap((name) => [...DATABASE_COMPANIONS.map((end) => `${name}${end}`), name]),
    ...BACKED_UP_FOLDERS,
    AUDIT_ANCHOR,
    ...(names.includes(KEY_FILE) ? [KEY_FILE] : []),
  ];
  for (const name of present) {
    const [from, to] = [path.join(dataFolder, name), path.join(aside, name)];
    // What has been set aside before a power cut is not done again: what lies here now is what was restored.
    if (existsSync(from) && !existsSync(to) && !isRestored(stage, names, name)) renameSync(from, to);
  }
  for (const name of names) {
    const from = path.join(stage, 'data', name);
    if (existsSync(from)) renameSync(from, path.join(dataFolder, name));
  }
  rmSync(stage, { recursive: true, force: true });
  return aside;
}

/** In the backup, and no longer waiting to be moved: it was moved already. */
function isRestored(stage: string, names: readonly string[], name: string): boolean {
  return names.includes(name) && !existsSync(path.join(stage, 'data', name));
}
