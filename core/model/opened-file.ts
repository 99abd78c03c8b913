/** Files that people open from their folders with this program: what they hold, by the ending of their name. */

export const OPENED_FILE_ENDINGS = { format: '.tbformat', tariff: '.tbtariff' } as const;
export type OpenedFileKind = keyof typeof OPENED_FILE_ENDINGS;

export function openedFileKind(fileName: string): OpenedFileKind | undefined {
  const name = fileName.toLowerCase();
  if (name.endsWith(OPENED_FILE_ENDINGS.format)) return 'format';
  return name.endsWith(OPENED_FILE_ENDINGS.tariff) ? 'tariff' : undefined;
}

/** Why a file is not opened: in the shell's words `shell.openFile.<reason>`. */
export const OPENED_FILE_REFUSALS = ['missing', 'unreadable', 'unknown', 'tooLarge', 'empty'] as const;
export type OpenedFileRefusal = (typeof OPENED_FILE_REFUSALS)[number];
