/** Host keys of SSH as people compare them. */
import { createHash } from 'node:crypto';

/** As `ssh-keygen -l` prints it: `SHA256:` and 43 characters. */
export function fingerprintOf(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
