/** Codes for a PBX into which they are keyed by hand: one row a code, and one a class of what codes may call. */
import { type CallingRight, type CodePolicy, REACH_BANDS, type ReachBand } from '../../model/code-policy.ts';
import type { PbxSheetKind } from '../../model/pbx-requests.ts';
import type { SheetCode } from './sheet-codes.ts';

export type TableKind = Extract<PbxSheetKind, 'panasonic' | 'avaya-ip-office'>;

/** What the reader's language says: texts of `policy.sheet.word`. */
export type SheetWord = 'noRight' | ReachBand;

/** A cell as it stands, or a word. */
export type SheetCell = string | { readonly word: SheetWord };

/** Texts of `policy.sheet.heading`. */
export type SheetHeading = 'location' | 'name' | 'code' | 'cos' | 'right' | 'reach' | 'restrictionLevel';

export interface SheetTable {
  readonly headings: readonly SheetHeading[];
  readonly rows: readonly (readonly SheetCell[])[];
}

export interface CodeTables {
  /** Secret. */
  readonly codes: SheetTable;
  /** Classes of service, or rights of users, that the codes refer to. */
  readonly classes: SheetTable;
}

/** Panasonic has 64 classes of service; those below are as a rule in use by telephones. */
const FIRST_COS = 11;
const LOCATION_DIGITS = 4;
/** Panasonic's TRS levels: 1 bars nothing, 7 bars every outside call. What 2 to 6 bar is programmed in its tables. */
const RESTRICTION_LEVEL: Readonly<Record<ReachBand, number>> = {
  international: 1,
  mobile: 2,
  national: 3,
  local: 4,
  internal: 7,
};

export function codeTables(kind: TableKind, policy: CodePolicy, codes: readonly SheetCode[]): CodeTables {
  return kind === 'panasonic' ? panasonic(policy, codes) : avayaIpOffice(policy, codes);
}

/** What a right allows at its widest. */
export function farthest(right: CallingRight | undefined): ReachBand {
  if (right === undefined) return 'international';
  const places = right.hours.map(({ upTo }) => (upTo === null ? 0 : REACH_BANDS.indexOf(upTo)));
  return REACH_BANDS[Math.max(0, ...places)] ?? 'internal';
}

const reachWord = (right: CallingRight | undefined): SheetCell => ({ word: farthest(right) });
const rightCell = (right: CallingRight | undefined): SheetCell => right?.name ?? { word: 'noRight' };

/** Rights in use, with undefined for the codes without one, in the order in which they are first met. */
function classesOf({ rights }: CodePolicy, codes: readonly SheetCode[]): readonly (CallingRight | undefined)[] {
  const used = new Set(codes.map(({ right }) => right?.id));
  const named: (CallingRight | undefined)[] = rights.filter(({ id }) => used.has(id));
  return used.has(undefined) ? [...named, undefined] : named;
}

function panasonic(policy: CodePolicy, codes: readonly SheetCode[]): CodeTables {
  const classes = classesOf(policy, codes);
  const cosOf = (right: CallingRight | undefined): string =>
    String(FIRST_COS + classes.findIndex((one) => one?.id === right?.id));
  return {
    codes: {
      headings: ['location', 'name', 'code', 'cos'],
      rows: codes.map(({ code, ownerName, right }, i) => [
        String(i + 1).padStart(LOCATION_DIGITS, '0'),
        ownerName,
        code,
        cosOf(right),
      ]),
    },
    classes: {
      headings: ['cos', 'right', 'reach', 'restrictionLevel'],
      rows: classes.map((right) => [
        cosOf(right),
        rightCell(right),
        reachWord(right),
        String(RESTRICTION_LEVEL[farthest(right)]),
      ]),
    },
  };
}

function avayaIpOffice(policy: CodePolicy, codes: readonly SheetCode[]): CodeTables {
  return {
    codes: {
      headings: ['code', 'name', 'right'],
      rows: codes.map(({ code, ownerName, right }) => [code, ownerName, rightCell(right)]),
    },
    classes: {
      headings: ['right', 'reach'],
      rows: classesOf(policy, codes).map((right) => [rightCell(right), reachWord(right)]),
    },
  };
}
