/** The address of the page that reads a source again, with the format and options that are proposed there. */

export interface Reading {
  readonly formatId: string;
  readonly formatOptions: Readonly<Record<string, string>>;
}

const FORMAT = 'format';
const OPTION = 'option.';

/** Without a reading the page proposes the present one. */
export function rereadAddress(sourceId: number, reading?: Reading): string {
  const address = `/sources/${sourceId}/reread`;
  if (reading === undefined) return address;
  const search = new URLSearchParams({ [FORMAT]: reading.formatId });
  for (const [name, value] of Object.entries(reading.formatOptions)) search.set(OPTION + name, value);
  return `${address}?${search}`;
}

export function readingOf(search: URLSearchParams): Reading | undefined {
  const formatId = search.get(FORMAT);
  if (formatId === null) return undefined;
  const options = [...search].filter(([name]) => name.startsWith(OPTION));
  return {
    formatId,
    formatOptions: Object.fromEntries(options.map(([name, value]) => [name.slice(OPTION.length), value])),
  };
}

/** The same format with the same options; an empty option is the format's usual one. */
export function isSameReading(one: Reading, other: Reading): boolean {
  const said = ({ formatOptions }: Reading): string =>
    JSON.stringify(
      Object.entries(formatOptions)
        .filter(([, value]) => value !== '')
        .sort(([a], [b]) => a.localeCompare(b)),
    );
  return one.formatId === other.formatId && said(one) === said(other);
}
