/**
 * The customized record: the administrator lists items and their lengths on a form of the switch (`change
 * system-parameters cdr`), and the record is these fields side by side. The same list, typed into the option `items`, is the
 * layout. It is read as people copy it:
 *
 *     date 6, space, time 4, space, sec-dur 5, …      date:6,space:1,time:4      1: date - 6
 *
 * The form has its items in two or three columns with a number before each; then the numbers give the order. `skip` with a
 * length passes over fields that Tollbook has no use for. Nothing may stand in a `space`.
 */
import type { CmColumns, Item } from './cm-record.ts';

/** Usual lengths. */
const LENGTHS: Readonly<Record<Exclude<Item, StandardItem>, number>> = {
  date: 6,
  time: 4,
  duration: 4,
  'sec-dur': 5,
  'cond-code': 1,
  'code-dial': 4,
  'code-used': 4,
  'dialed-num': 23,
  'calling-num': 15,
  'clg-num/in-tac': 10,
  'acct-code': 15,
  'auth-code': 13,
  'in-trk-code': 4,
  'in-crt-id': 3,
  'out-crt-id': 3,
  frl: 1,
  'feat-flag': 1,
  'attd-console': 2,
  vdn: 5,
  ppm: 5,
  bcc: 1,
  ins: 3,
  'ixc-code': 4,
  'isdn-cc': 11,
  'node-num': 2,
  'ma-uui': 1,
  'res-flag': 1,
  tsc_ct: 4,
  tsc_flag: 1,
  ucid: 20,
};
/** Fields of standard pages that the form does not offer. */
type StandardItem =
  | 'calling-digit-1'
  | 'in-crt-hundreds'
  | 'out-crt-hundreds'
  | 'ins-units'
  | 'queue-time'
  | 'reserved';

const LONGEST_FIELD = 100;

/** Hyphens and underscores are mixed on the forms. */
const plain = (name: string): string => name.toLowerCase().replaceAll('_', '-');
const ITEM_OF = new Map(Object.keys(LENGTHS).map((name) => [plain(name), name as keyof typeof LENGTHS]));

export interface ItemLayout {
  readonly columns: CmColumns;
  /** Passed over, whatever they hold. */
  readonly skipped: readonly (readonly [start: number, width: number])[];
  readonly length: number;
}
export interface ItemProblem {
  readonly reason: 'unknown-item' | 'item-twice' | 'items-incomplete' | 'items-after-line-end';
  /** The word that is not understood. */
  readonly detail: string;
}

const NUMBERED = /^(\d{1,2}): *(.*)$/;
const ENTRY = /^([A-Za-z][A-Za-z/_-]*?)[ :=(-]*(\d{1,3})?\)?$/;

/** The items of a list in their order. Unused places of the form are left out. */
function entriesOf(list: string): readonly string[] {
  const entries = list
    .split(/[,;\r\n]+|\s+(?=\d{1,2}:)/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const numbered = entries.map((entry) => NUMBERED.exec(entry));
  if (numbered.some((found) => found === null)) return entries;
  return numbered
    .map((found) => ({ place: Number(found?.[1]), item: found?.[2] ?? '' }))
    .filter(({ item }) => !/^[- ]*$/.test(item))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** The layout of a list, or what is wrong with it. */
export function layoutOfItems(list: string): ItemLayout | ItemProblem {
  const columns: { -readonly [K in Item]?: readonly [number, number] } = {};
  const skipped: (readonly [number, number])[] = [];
  let at = 1;
  let isOver = false;
  for (const entry of entriesOf(list)) {
    const [, printed = '', digits] = ENTRY.exec(entry) ?? [];
    const name = plain(printed);
    if (name === 'return' || name === 'line-feed' || name === 'null') {
      isOver ||= name !== 'null';
      continue;
    }
    const item = ITEM_OF.get(name);
    const usual = item === undefined ? 1 : LENGTHS[item];
    const width = digits === undefined ? usual : Number(digits);
    if ((item === undefined && name !== 'space' && name !== 'skip') || width < 1 || width > LONGEST_FIELD) {
      return { reason: 'unknown-item', detail: entry };
    }
    if (isOver && name !== 'space') return { reason: 'items-after-line-end', detail: entry };
    if (name === 'skip') skipped.push([at, width]);
    else if (item !== undefined) {
      if (columns[item] !== undefined) return { reason: 'item-twice', detail: entry };
      columns[item] = [at, width];
    }
    at += width;
  }
  const hasParty =
    columns['dialed-num'] !== undefined ||
    columns['calling-num'] !== undefined ||
    columns['clg-num/in-tac'] !== undefined;
  const hasLength = columns.duration !== undefined || columns['sec-dur'] !== undefined;
  if (!hasParty || !hasLength) return { reason: 'items-incomplete', detail: hasParty ? 'sec-dur' : 'dialed-num' };
  return { columns, skipped, length: at - 1 };
}
