/**
 * Which fields an LG system prints is programmable, and the ruler under its page heading shows the widths. A ruler that
 * was seen on the stream stands above the page's usual columns, if it is this page at all: the widths of the station and
 * line fields tell the families apart.
 */
import type { StreamContext } from '../types.ts';
import type { ColumnName, Columns } from './pages.ts';

const HEADING_KEY = 'lgHeading';
const COLUMNS_KEY = 'lgColumns';

/** Words of a heading. In tab-separated ones (GHX) the tabs take the place of blanks. */
export const HEADING = /^(?=.*\bSTA)(?=.*\b(?:CO|START|DIAL))[^\d:]*$/i;
const RULER = /^ *-+(?: +-+){4,} *$/;

const START_WIDTH = 14;
const TIME_WIDTH = 8;

/** What can stand behind the dialled number, in the order in which it is printed. */
const TAIL: readonly ColumnName[] = ['act', 'cnt', 'cost', 'account', 'cli', 'cause'];

const WORDS: readonly (readonly [RegExp, ColumnName])[] = [
  [/^ACT$/i, 'act'],
  [/^(?:CNT|COUNT|PULSE)$/i, 'cnt'],
  [/^COST$/i, 'cost'],
  [/^ACC/i, 'account'],
  [/^(?:CLI|CID|CALLER)$/i, 'cli'],
  [/^CAU/i, 'cause'],
];

interface Group {
  readonly start: number;
  readonly width: number;
}

function groupsOf(ruler: string): Group[] {
  return [...ruler.matchAll(/-+/g)].map((match) => ({ start: match.index + 1, width: match[0].length }));
}

/** The field whose word stands over this part of the ruler. */
function namedBy(heading: string, { start, width }: Group): ColumnName | undefined {
  for (const match of heading.matchAll(/[A-Za-z]+/g)) {
    const from = match.index + 1;
    if (from + match[0].length <= start || from >= start + width) continue;
    const found = WORDS.find(([word]) => word.test(match[0]));
    if (found !== undefined) return found[1];
  }
  return undefined;
}

/** Columns of a ruler, undefined when it is none of an LG page. */
export function columnsOfRuler(ruler: string, heading: string): Columns | undefined {
  const groups = groupsOf(ruler);
  const startAt = groups.findIndex((group, i) => group.width === START_WIDTH && groups[i - 1]?.width === TIME_WIDTH);
  const [time, start, dialed] = [groups[startAt - 1], groups[startAt], groups[startAt + 1]];
  const [co, sta, no] = [groups[startAt - 2], groups[startAt - 3], groups[startAt - 4]];
  if (time === undefined || start === undefined || dialed === undefined) return undefined;
  if (co === undefined || sta === undefined || startAt > 4) return undefined;
  const span = (group: Group): readonly [number, number] => [group.start, group.width];
  const columns: { -readonly [K in ColumnName]?: readonly [number, number] } = {
    ...(no === undefined ? {} : { no: span(no) }),
    sta: span(sta),
    co: span(co),
    time: span(time),
    date: [start.start, 8],
    clock: [start.start + 9, 5],
    dialed: span(dialed),
  };
  const rest = groups.slice(startAt + 2);
  rest.forEach((group, i) => {
    const name = namedBy(heading, group) ?? (rest.length === 4 ? TAIL[i] : undefined);
    if (name !== undefined) columns[name] = span(group);
  });
  return columns;
}

const MAY_BE_PAGE = /^[ \t]*[-A-Za-z]/;

/** Nearly all records begin with a digit and need no further look. */
function beginsWithDigit(line: string): boolean {
  const first = line.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/** Remembers headings and rulers of the stream; pages repeat theirs. */
export function pageObserver(usual: Columns): (line: string, context: StreamContext) => void {
  let lastRuler = '';
  let lastHeading = '';
  let lastColumns: string | undefined;
  return (line, context) => {
    if (beginsWithDigit(line) || !MAY_BE_PAGE.test(line)) return;
    if (RULER.test(line)) {
      const heading = context[HEADING_KEY] ?? '';
      if (line !== lastRuler || heading !== lastHeading) {
        lastRuler = line;
        lastHeading = heading;
        const columns = columnsOfRuler(line, heading);
        const isThisPage = columns?.sta?.[1] === usual.sta?.[1] && columns?.co?.[1] === usual.co?.[1];
        lastColumns = columns !== undefined && isThisPage ? JSON.stringify(columns) : undefined;
      }
      if (lastColumns !== undefined) context[COLUMNS_KEY] = lastColumns;
    } else if (HEADING.test(line)) context[HEADING_KEY] = line;
  };
}

/** The columns as JSON, undefined while no ruler was seen. */
export function observedColumns(context: StreamContext): string | undefined {
  return context[COLUMNS_KEY];
}
