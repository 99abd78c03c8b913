/**
 * Columns of a CUCM CDR file. The header names them, and every release adds some in between, so they are found by name,
 * whatever the case of its letters. A file without its header is read by the order that all releases share up to
 * `outpulsedCalledPartyNumber`; what stands behind differs and is left.
 */

/** Names in lower case; the place in this list is the cell's place in a row. */
export const CUCM_COLUMNS = [
  'cdrrecordtype',
  'globalcallid_callmanagerid',
  'globalcallid_callid',
  'origlegcallidentifier',
  'datetimeorigination',
  'callingpartynumber',
  'callingpartyunicodeloginuserid',
  'origcause_value',
  'destlegidentifier',
  'originalcalledpartynumber',
  'finalcalledpartynumber',
  'finalcalledpartyunicodeloginuserid',
  'destcause_value',
  'datetimeconnect',
  'datetimedisconnect',
  'lastredirectdn',
  'pkid',
  'callingpartynumberpartition',
  'duration',
  'origdevicename',
  'destdevicename',
  'lastredirectredirectreason',
  'destconversationid',
  'globalcallid_clusterid',
  'joinonbehalfof',
  'comment',
  'authcodedescription',
  'authorizationlevel',
  'clientmattercode',
  'origconversationid',
  'authorizationcodevalue',
  'outpulsedcalledpartynumber',
  'huntpilotdn',
  'wascallqueued',
  'totalwaittimeinqueue',
] as const;
export type CucmColumn = (typeof CUCM_COLUMNS)[number];

/** Columns (from 1) of a file without a header. */
const DOCUMENTED: Readonly<Partial<Record<CucmColumn, number>>> = {
  cdrrecordtype: 1,
  globalcallid_callmanagerid: 2,
  globalcallid_callid: 3,
  origlegcallidentifier: 4,
  datetimeorigination: 5,
  callingpartynumber: 9,
  callingpartyunicodeloginuserid: 10,
  origcause_value: 12,
  destlegidentifier: 26,
  originalcalledpartynumber: 30,
  finalcalledpartynumber: 31,
  finalcalledpartyunicodeloginuserid: 32,
  destcause_value: 34,
  datetimeconnect: 48,
  datetimedisconnect: 49,
  lastredirectdn: 50,
  pkid: 51,
  callingpartynumberpartition: 53,
  duration: 56,
  origdevicename: 57,
  destdevicename: 58,
  lastredirectredirectreason: 64,
  destconversationid: 65,
  globalcallid_clusterid: 66,
  joinonbehalfof: 67,
  comment: 68,
  authcodedescription: 69,
  authorizationlevel: 70,
  clientmattercode: 71,
  origconversationid: 75,
  authorizationcodevalue: 78,
  outpulsedcalledpartynumber: 80,
};

/** Without these no row is a call. */
const NEEDED: readonly CucmColumn[] = [
  'datetimeorigination',
  'callingpartynumber',
  'finalcalledpartynumber',
  'datetimeconnect',
  'duration',
];

export interface CucmPage {
  readonly separator: ',' | ';' | '\t';
  /** For each column of the file its place in a row, or -1; ends with the last one that is read. */
  readonly slots: readonly number[];
  /** Columns that a row must have to hold all that is needed. */
  readonly minCells: number;
  /** Undefined: the header named the columns. */
  readonly isAssumed: boolean;
}

function pageOf(
  columnOf: (name: CucmColumn) => number | undefined,
  separator: CucmPage['separator'],
  isAssumed: boolean,
): CucmPage {
  const slots: number[] = [];
  let minCells = 0;
  CUCM_COLUMNS.forEach((name, slot) => {
    const column = columnOf(name);
    if (column === undefined) return;
    while (slots.length <= column) slots.push(-1);
    slots[column] = slot;
    if (NEEDED.includes(name)) minCells = Math.max(minCells, column + 1);
  });
  return { separator, slots, minCells, isAssumed };
}

export const ASSUMED_PAGE: CucmPage = pageOf(
  (name) => {
    const column = DOCUMENTED[name];
    return column === undefined ? undefined : column - 1;
  },
  ',',
  true,
);

export type Header = { readonly kind: 'calls'; readonly page: CucmPage } | { readonly kind: 'quality' };

/** What the header of a file says; undefined when the line is none. */
export function readHeader(line: string): Header | undefined {
  const text = line.replace(/^(?:\xef\xbb\xbf|\ufeff)/, '').toLowerCase();
  if (!/^"?[a-z]/.test(text) || !text.includes('globalcallid')) return undefined;
  const separator = text.includes('\t') ? '\t' : text.includes(';') ? ';' : ',';
  const names = text.split(separator).map((name) => name.trim().replace(/^"|"$/g, ''));
  if (!names.includes('cdrrecordtype') && !names.includes('globalcallid_callid')) return undefined;
  const find = (name: CucmColumn): number | undefined => {
    const at = names.indexOf(name);
    return at < 0 ? undefined : at;
  };
  if (NEEDED.some((name) => find(name) === undefined)) return { kind: 'quality' };
  return { kind: 'calls', page: pageOf(find, separator, false) };
}

const QUOTE = 0x22;

function cellText(line: string, from: number, to: number): string {
  if (from >= to) return '';
  if (line.charCodeAt(from) !== QUOTE) return line.slice(from, to);
  const end = to - 1 > from && line.charCodeAt(to - 1) === QUOTE ? to - 1 : to;
  if (end === from + 1) return '';
  const inside = line.slice(from + 1, end);
  return inside.includes('"') ? inside.replaceAll('""', '"') : inside;
}

/**
 * Fills `row` with the cells the page wants, in one pass that ends with the last of them. Returns how many cells there
 * were up to that one; -1 when a quote is not closed.
 */
export function cutRow(line: string, { separator, slots }: CucmPage, row: string[]): number {
  const mark = separator.charCodeAt(0);
  const { length } = line;
  const { length: wanted } = slots;
  let column = 0;
  let from = 0;
  for (let i = 0; i <= length; i++) {
    const code = i === length ? mark : line.charCodeAt(i);
    if (code === mark) {
      const slot = slots[column] ?? -1;
      if (slot >= 0) row[slot] = cellText(line, from, i);
      column++;
      if (column === wanted) return column;
      from = i + 1;
    } else if (code === QUOTE) {
      const close = line.indexOf('"', i + 1);
      if (close < 0) return -1;
      i = close;
    }
  }
  for (let rest = column; rest < wanted; rest++) {
    const slot = slots[rest] ?? -1;
    if (slot >= 0) row[slot] = '';
  }
  return column;
}
