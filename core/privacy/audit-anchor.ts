/**
 * The newest hash of the audit trail in a file of its own, sealed with the key of the data folder: whoever cuts off or
 * rewrites the trail in the database cannot make this file agree without that key.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AuditAnchor, AuditHead } from '../store/audit.ts';
import type { SecretBox } from '../store/secret-box.ts';

export const ANCHOR_FILE = 'audit.head';

const HEAD = /^(\d{1,15}) ([0-9a-f]{64})$/;

function readHead(file: string, box: Pick<SecretBox, 'open'>): AuditHead | undefined | null {
  let sealed: string;
  try {
    sealed = readFileSync(file, 'utf8').trim();
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : null;
  }
  try {
    const m = HEAD.exec(box.open(sealed));
    // What was never sealed was not written by this program.
    return m === null || HEAD.test(sealed) ? null : { id: Number(m[1]), hash: m[2] ?? '' };
  } catch {
    return null;
  }
}

/** `onError`: the trail goes on without its anchor, and checking it says so. */
export function anchorFile(
  folder: string,
  box: Pick<SecretBox, 'seal' | 'open'>,
  onError: (error: unknown) => void,
): AuditAnchor {
  const file = path.join(folder, ANCHOR_FILE);
  return {
    write({ id, hash }) {
      try {
        writeFileSync(`${file}.new`, `${box.seal(`${id} ${hash}`)}\n`, { mode: 0o600 });
        renameSync(`${file}.new`, file);
      } catch (error) {
        onError(error);
      }
    },
    read: () => readHead(file, box),
  };
}
