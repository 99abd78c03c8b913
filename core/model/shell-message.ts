/** What the desktop shell and its service process say to each other over Electron's parent port. */
import type { OpenedFileRefusal } from './opened-file.ts';

export type ToService =
  /** Asks for a fresh one-time link to the pages. */
  | { readonly type: 'link' }
  /** A file that was opened with the program; answered with a link whose page takes it over, or with why not. */
  | { readonly type: 'open-file'; readonly path: string }
  | { readonly type: 'pause'; readonly isPaused: boolean }
  | { readonly type: 'stop' };

export type FromService =
  | { readonly type: 'ready'; readonly origin: string }
  | { readonly type: 'link'; readonly link: string }
  | { readonly type: 'paused'; readonly isPaused: boolean }
  | { readonly type: 'file-refused'; readonly fileName: string; readonly reason: OpenedFileRefusal }
  /** Where newer versions are looked for; empty: nowhere. */
  | { readonly type: 'update-feed'; readonly feed: string }
  /** To be shown on the desktop; the texts are translated. A click opens the window. */
  | { readonly type: 'notify'; readonly title: string; readonly body: string }
  /** The service cannot go on; the text is translated. */
  | { readonly type: 'failed'; readonly message: string };

const FROM_SERVICE: ReadonlySet<unknown> = new Set<FromService['type']>([
  'ready',
  'link',
  'paused',
  'file-refused',
  'update-feed',
  'notify',
  'failed',
]);

export function isFromService(value: unknown): value is FromService {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  return FROM_SERVICE.has(type);
}

export function isToService(value: unknown): value is ToService {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  const { type } = value;
  if (type === 'open-file') return 'path' in value && typeof value.path === 'string';
  return type === 'link' || type === 'pause' || type === 'stop';
}
