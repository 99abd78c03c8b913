/** How the program is, in the shape of the contract. */
import { statSync } from 'node:fs';
import type { Language } from '../i18n/translate.ts';
import { isGranted, type Viewer } from '../model/access.ts';
import { countStoredCalls } from '../store/call-count.ts';
import type { SystemInfo } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { problemOf } from './problem.ts';

/** With the log beside it: both take room on the disk. */
function fileBytes(path: string): number {
  return [path, `${path}-wal`]
    .map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}

/** Whoever does not look after sources is told that the program runs, and no more. */
export function systemInfoFor(parts: ApiParts, viewer: Viewer, language: Language): SystemInfo {
  const info = systemInfoOf(parts, language);
  if (isGranted(viewer.role, 'read-sources')) return info;
  return { ...info, dataFolder: '', callsTotal: 0, journalBytes: 0, databaseBytes: 0, problems: [] };
}

export function systemInfoOf({ deps }: ApiParts, language: Language): SystemInfo {
  return {
    version: deps.version,
    dataFolder: deps.dataFolder,
    callsTotal: countStoredCalls(deps.db),
    journalBytes: fileBytes(deps.journal.db.name),
    databaseBytes: fileBytes(deps.db.name),
    startedAtMs: deps.startedAtMs,
    isPaused: deps.pause.isPaused(),
    secretPlace: deps.secretBox.place,
    problems: deps.problems().map((problem) => problemOf(problem, language)),
  };
}
