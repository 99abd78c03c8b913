/** The file among a program's arguments: one of its own kinds, as a path or, from Linux desktops, as an address. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openedFileKind } from '../core/model/opened-file.ts';

function pathOf(argument: string, folder: string): string | undefined {
  if (!argument.startsWith('file://')) return path.resolve(folder, argument);
  try {
    return fileURLToPath(argument);
  } catch {
    // Of another computer: no file of this one.
    return undefined;
  }
}

/** The last one counts: a page shows one file. `folder`: where relative names begin. */
export function fileFromArguments(args: readonly string[], folder: string): string | undefined {
  const file = args.findLast((argument) => !argument.startsWith('-') && openedFileKind(argument) !== undefined);
  return file === undefined ? undefined : pathOf(file, folder);
}
