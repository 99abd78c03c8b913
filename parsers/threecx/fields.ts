/** The order of a 3CX record's fields is the administrator's choice; these are the document's names in their usual order. */
import type { StreamContext } from '../types.ts';

export const USUAL_FIELDS = [
  'historyid',
  'callid',
  'duration',
  'time-start',
  'time-answered',
  'time-end',
  'reason-terminated',
  'from-no',
  'to-no',
  'from-dn',
  'to-dn',
  'dial-no',
  'reason-changed',
  'final-number',
  'final-dn',
  'bill-code',
  'bill-rate',
  'bill-cost',
  'bill-name',
  'chain',
  'from-type',
  'to-type',
  'final-type',
  'from-dispname',
  'to-dispname',
  'final-dispname',
  'missed-queue-calls',
] as const;
export type FieldName = (typeof USUAL_FIELDS)[number];

/** Older consoles stop behind the chain. */
const SHORTEST_USUAL = 20;

/** Names that may hold the separator, the likeliest first. */
const FREE_TEXTS: readonly FieldName[] = ['from-dispname', 'to-dispname', 'final-dispname'];

/** Beyond every cell: an index that reads nothing. (-1 would be looked up as a name, which is slow.) */
const NOWHERE = 9999;

/** Fields that assembly or somebody who looks for a fault may need, and that no field of the record carries. */
const KEPT = [
  'from-no',
  'to-no',
  'reason-changed',
  'final-number',
  'final-dn',
  'bill-rate',
  'bill-name',
  'from-type',
  'to-type',
  'final-type',
  'missed-queue-calls',
] as const satisfies readonly FieldName[];

/** Where each field stands, or `NOWHERE`. Made once for a list. */
export interface FieldList {
  readonly at: Readonly<Record<FieldName, number>>;
  readonly has: Readonly<Record<FieldName, boolean>>;
  readonly kept: readonly { readonly name: FieldName; readonly at: number }[];
  readonly count: number;
  /** Index of the field that takes surplus separators; -1: none may. */
  readonly free: number;
}

function listOf(names: readonly string[]): FieldList {
  const has = Object.fromEntries(USUAL_FIELDS.map((name) => [name, names.includes(name)]));
  const places = USUAL_FIELDS.map((name) => [name, names.includes(name) ? names.indexOf(name) : NOWHERE]);
  const free = FREE_TEXTS.find((name) => names.includes(name));
  return {
    at: Object.fromEntries(places) as Record<FieldName, number>,
    has: has as Record<FieldName, boolean>,
    kept: KEPT.filter((name) => names.includes(name)).map((name) => ({ name, at: names.indexOf(name) })),
    count: names.length,
    free: free === undefined ? -1 : names.indexOf(free),
  };
}

const OLD = listOf(USUAL_FIELDS.slice(0, SHORTEST_USUAL));
const ALL = listOf(USUAL_FIELDS);
const WITHOUT_MISSED = listOf(USUAL_FIELDS.slice(0, -1));

/** Nothing between: a line cut inside the types would read as a shorter list with a wrong type. */
function usualList(count: number): FieldList | undefined {
  if (count >= ALL.count) return ALL;
  if (count === WITHOUT_MISSED.count) return WITHOUT_MISSED;
  return count <= OLD.count + 1 ? OLD : undefined;
}

function namesIn(text: string): readonly string[] {
  return text
    .split(/[,;\t]/)
    .map((name) =>
      name
        .trim()
        .toLowerCase()
        .replace(/^\{|\}$|"/g, '')
        .replaceAll('_', '-'),
    )
    .filter((name) => name !== '');
}

const known: readonly string[] = USUAL_FIELDS;

/** A line of nothing but field names, which some collectors put in front of what they keep. */
export function headingNames(line: string): readonly string[] | undefined {
  if (!line.includes('time')) return undefined;
  const names = namesIn(line);
  return names.length > 3 && names.every((name) => known.includes(name)) ? names : undefined;
}

const HEADING = 'fields';

export function rememberHeading(names: readonly string[], context: StreamContext): void {
  context[HEADING] = names.join(',');
}

/** The list that is in force, as long as neither the option nor a heading changes it. */
export function createFieldLists(option: string | undefined) {
  const chosen = namesIn(option ?? '');
  let [headingText, heading]: [string | undefined, FieldList | undefined] = [undefined, undefined];
  const optionList = chosen.length === 0 ? undefined : listOf(chosen);
  return (cells: readonly string[], context: StreamContext): FieldList | undefined => {
    if (optionList !== undefined) return optionList;
    const remembered = context[HEADING];
    if (remembered !== undefined) {
      if (remembered !== headingText) [headingText, heading] = [remembered, listOf(namesIn(remembered))];
      return heading;
    }
    return usualList(cells.length);
  };
}

/** One cell for each field: surplus ones belong to a name, or the line ends in a separator. Undefined: this is not the list's line. */
export function fitted(cells: string[], list: FieldList, separator: string): readonly string[] | undefined {
  const surplus = cells.length - list.count;
  if (surplus <= 0) return surplus === 0 ? cells : undefined;
  if (list.free < 0) {
    return surplus === 1 && cells.at(-1) === '' ? cells.slice(0, -1) : undefined;
  }
  const name = cells.slice(list.free, list.free + surplus + 1).join(separator);
  return [...cells.slice(0, list.free), name, ...cells.slice(list.free + surplus + 1)];
}
