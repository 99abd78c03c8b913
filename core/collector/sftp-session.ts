/** Speaks SFTP with one client of the drop folder: every question is answered, in the order in which it was asked. */
import type { Attributes, SFTPWrapper } from 'ssh2';
import { type InboxEntry, InboxRefusal, type SftpInbox, type Upload } from './sftp-inbox.ts';

export interface SessionEvents {
  /** Something was not allowed, or could not be done. */
  refused(error: unknown): void;
  /** The client went away in the middle of this upload. */
  brokenOff(path: string): void;
}

type StatusCodes = typeof import('ssh2').utils.sftp.STATUS_CODE;
type OpenModes = typeof import('ssh2').utils.sftp.OPEN_MODE;

const FOLDER_MODE = 0o040700;
const FILE_MODE = 0o100600;
const MOST_HANDLES = 32;
const DENIALS: ReadonlySet<InboxRefusal['reason']> = new Set(['denied', 'superseded']);
/** Asking for a file that is not there is no offence; the others were told when they began. */
const UNTOLD: ReadonlySet<InboxRefusal['reason']> = new Set(['no-such-file', 'spoiled', 'superseded']);
/** Names in one answer: clients take no packet of more than 256 KiB. */
const NAMES_AT_ONCE = 100;

export function serveSftp(
  sftp: SFTPWrapper,
  inbox: SftpInbox,
  status: StatusCodes,
  modes: OpenModes,
  events: SessionEvents,
): void {
  const uploads = new Map<number, Upload>();
  const listings = new Map<number, readonly InboxEntry[]>();
  let nextHandle = 1;
  let work: Promise<void> = Promise.resolve();

  const handleOf = (handle: Buffer): number => (handle.length === 4 ? handle.readUInt32BE(0) : 0);
  const newHandle = (): { readonly id: number; readonly bytes: Buffer } => {
    if (uploads.size + listings.size >= MOST_HANDLES) throw new InboxRefusal('too-many');
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(nextHandle, 0);
    nextHandle += 1;
    return { id: nextHandle - 1, bytes };
  };
  const codeOf = (error: unknown): number => {
    if (!(error instanceof InboxRefusal)) return status.FAILURE;
    if (error.reason === 'no-such-file') return status.NO_SUCH_FILE;
    return DENIALS.has(error.reason) ? status.PERMISSION_DENIED : status.FAILURE;
  };
  /** One after the other: a CLOSE must not overtake the WRITEs before it. */
  const answer = (request: number, task: () => Promise<void>): void => {
    work = work.then(task).catch((error: unknown) => {
      const isToldAlready = error instanceof InboxRefusal && UNTOLD.has(error.reason);
      if (!isToldAlready) events.refused(error);
      sftp.status(request, codeOf(error));
    });
  };
  const done = async (request: number, task: Promise<void>): Promise<void> => {
    await task;
    sftp.status(request, status.OK);
  };

  sftp.on('REALPATH', (request, path) =>
    answer(request, async () => {
      const name = inbox.resolve(path);
      sftp.name(request, [
        { filename: name, longname: name, attrs: attributesOf({ isFolder: true, size: 0, mtimeSeconds: 0 }) },
      ]);
    }),
  );
  const tell = (request: number, path: string): void =>
    answer(request, async () => {
      const isTop = inbox.resolve(path) === '/';
      sftp.attrs(request, attributesOf(isTop ? { isFolder: true, size: 0, mtimeSeconds: 0 } : await inbox.stat(path)));
    });
  sftp.on('STAT', tell);
  sftp.on('LSTAT', tell);
  sftp.on('FSTAT', (request, handle) =>
    answer(request, async () => {
      const upload = uploads.get(handleOf(handle));
      if (upload === undefined) throw new InboxRefusal('no-such-file');
      sftp.attrs(request, attributesOf({ isFolder: false, size: upload.size, mtimeSeconds: 0 }));
    }),
  );
  // Times and modes of the sender mean nothing here.
  sftp.on('SETSTAT', (request) => answer(request, async () => sftp.status(request, status.OK)));
  sftp.on('FSETSTAT', (request) => answer(request, async () => sftp.status(request, status.OK)));
  sftp.on('OPEN', (request, path, flags) =>
    answer(request, async () => {
      if ((flags & modes.WRITE) === 0) throw new InboxRefusal('denied');
      const { id, bytes } = newHandle();
      uploads.set(id, await inbox.open(path, (flags & modes.TRUNC) !== 0));
      sftp.handle(request, bytes);
    }),
  );
  sftp.on('WRITE', (request, handle, offset, bytes) =>
    answer(request, async () => {
      const upload = uploads.get(handleOf(handle));
      if (upload === undefined) throw new InboxRefusal('no-such-file');
      await done(request, inbox.write(upload, offset, bytes));
    }),
  );
  sftp.on('READ', (request) => answer(request, async () => Promise.reject(new InboxRefusal('denied'))));
  sftp.on('CLOSE', (request, handle) =>
    answer(request, async () => {
      const id = handleOf(handle);
      const upload = uploads.get(id);
      uploads.delete(id);
      listings.delete(id);
      await done(request, upload === undefined ? Promise.resolve() : inbox.finish(upload));
    }),
  );
  sftp.on('OPENDIR', (request, path) =>
    answer(request, async () => {
      const { id, bytes } = newHandle();
      listings.set(id, await inbox.list(path));
      sftp.handle(request, bytes);
    }),
  );
  sftp.on('READDIR', (request, handle) =>
    answer(request, async () => {
      const entries = listings.get(handleOf(handle));
      if (entries === undefined || entries.length === 0) {
        sftp.status(request, status.EOF);
        return;
      }
      listings.set(handleOf(handle), entries.slice(NAMES_AT_ONCE));
      sftp.name(
        request,
        entries
          .slice(0, NAMES_AT_ONCE)
          .map((entry) => ({ filename: entry.name, longname: longNameOf(entry), attrs: attributesOf(entry) })),
      );
    }),
  );
  sftp.on('MKDIR', (request, path) => answer(request, () => done(request, inbox.makeFolder(path))));
  sftp.on('RENAME', (request, from, to) => answer(request, () => done(request, inbox.rename(from, to))));
  sftp.on('REMOVE', (request, path) => answer(request, () => done(request, inbox.remove(path))));
  const deny = (request: number): void => answer(request, async () => Promise.reject(new InboxRefusal('denied')));
  sftp.on('RMDIR', deny);
  sftp.on('READLINK', deny);
  sftp.on('SYMLINK', deny);

  // The client has no more questions; it waits for this side to hang up as well.
  sftp.on('end', () => {
    work = work.then(() => sftp.end());
  });
  sftp.on('close', () => {
    work = work.then(async () => {
      for (const upload of uploads.values()) {
        await inbox.breakOff(upload);
        events.brokenOff(upload.path);
      }
      uploads.clear();
    });
  });
}

function attributesOf(entry: Omit<InboxEntry, 'name'>): Attributes {
  const { isFolder, size, mtimeSeconds } = entry;
  const mode = isFolder ? FOLDER_MODE : FILE_MODE;
  return { mode, uid: 0, gid: 0, size, atime: mtimeSeconds, mtime: mtimeSeconds };
}

function longNameOf({ name, isFolder, size, mtimeSeconds }: InboxEntry): string {
  const day = new Date(mtimeSeconds * 1000).toISOString().slice(0, 10);
  return `${isFolder ? 'drwx------' : '-rw-------'} 1 tollbook tollbook ${size} ${day} ${name}`;
}
