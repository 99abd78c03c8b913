/** Where the databases live, and the note a running service leaves there so that the command line finds it. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const MOVED_NOTE = 'moved.json';
const MovedNote = z.object({ to: z.string() });

/** Left where the data was, so that a start without `--data` finds where it is. */
export function writeMovedNote(folder: string, to: string): void {
  writeFileSync(path.join(folder, MOVED_NOTE), `${JSON.stringify({ to })}\n`, { mode: 0o600 });
}

function movedTo(folder: string): string {
  const note = path.join(folder, MOVED_NOTE);
  if (!existsSync(note)) return folder;
  try {
    return MovedNote.parse(JSON.parse(readFileSync(note, 'utf8'))).to;
  } catch {
    return folder;
  }
}

/** Where the data is unless somebody says otherwise: the usual place, or where it was moved to; `TOLLBOOK_DATA` names another. */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const chosen = env['TOLLBOOK_DATA'];
  return chosen !== undefined && chosen !== '' ? path.resolve(chosen) : movedTo(usualDataFolder(env, platform));
}

/** The usual place for a program's data on this system. */
export function usualDataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const home = os.homedir();
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Tollbook');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Tollbook');
  return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'tollbook');
}

/**
 * Only this user may read what is there: it holds who called whom. A folder that others put things into keeps its mode, but
 * not so an empty one that was made for this program.
 */
export function ensureDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32' || readdirSync(folder).length > 0) return;
  const { uid, mode } = statSync(folder);
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

const RunningNote = z.object({ pid: z.number().int(), port: z.number().int(), version: z.string() });
export type RunningNote = z.infer<typeof RunningNote>;

const noteFile = (folder: string): string => path.join(folder, 'running.json');

export function writeRunningNote(folder: string, note: RunningNote): void {
  writeFileSync(noteFile(folder), `${JSON.stringify(note)}\n`, { mode: 0o600 });
}

export function removeRunningNote(folder: string): void {
  rmSync(noteFile(folder), { force: true });
}

/** The note of a service that is alive; a note left by a killed one is no service. */
export function readRunningNote(folder: string): RunningNote | undefined {
  if (!existsSync(noteFile(folder))) return undefined;
  try {
    const note = RunningNote.parse(JSON.parse(readFileSync(noteFile(folder), 'utf8')));
    process.kill(note.pid, 0);
    return note;
  } catch {
    // Half-written, of another version, or of a process that is gone: all mean that nothing can be asked there.
    return undefined;
  }
}
