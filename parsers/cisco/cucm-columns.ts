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

/** Index of the quote that ends a quoted cell, doubled ones passed over; -1: there is none. */
function closingQuote(line: string, open: number): number {
  let at = line.charCodeAt(open + 1) === QUOTE ? open + 1 : line.indexOf('"', open + 2);
  while (at >= 0 && line.charCodeAt(at + 1) === QUOTE) at = line.indexOf('"', at + 2);
  return at;
}

/** Index of the separator behind an unquoted cell, or the line's end. Most cells have one character. */
function cellEnd(line: string, from: number, separator: string, mark: number): number {
  if (line.charCodeAt(from) === mark) return from;
  if (line.charCodeAt(from + 1) === mark) return from + 1;
  const end = line.indexOf(separator, from + 2);
  return end < 0 ? line.length : end;
}

/**
 * Fills `row` with the cells the page wants, in one pass that ends with the last of them. Returns how many cells there
 * were up to that one; -1 when a quote is not closed or something stands behind it.
 */
export function cutRow(line: string, { separator, slots }: CucmPage, row: string[]): number {
  const mark = separator.charCodeAt(0);
  const { length } = line;
  const wanted = slots.length;
  let at = 0;
  for (let column = 0; column < wanted; column++) {
    const slot = slots[column] ?? -1;
    if (line.charCodeAt(at) === QUOTE) {
      const close = closingQuote(line, at);
      if (close < 0 || (close + 1 < length && line.charCodeAt(close + 1) !== mark)) return -1;
      if (slot >= 0) {
        const inside = close === at + 1 ? '' : line.slice(at + 1, close);
        row[slot] = inside.includes('"') ? inside.replaceAll('""', '"') : inside;
      }
      at = close + 1;
    } else {
      const from = at;
      at = cellEnd(line, at, separator, mark);
      if (slot >= 0) row[slot] = at === from ? '' : line.slice(from, at);
    }
    if (at >= length) {
      for (let rest = column + 1; rest < wanted; rest++) {
        const missing = slots[rest] ?? -1;
        if (missing >= 0) row[missing] = '';
      }
      return column + 1;
    }
    at++;
  }
  return wanted;
}
