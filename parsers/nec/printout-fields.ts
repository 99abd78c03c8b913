/** Fields that only the NEC printout prints this way. */
import type { Field, PatternLayout } from '../engine.ts';
import { pageDayAt, rememberRecordDay, withPageYear } from '../page-date.ts';
import { IMPOSSIBLE, readDate, readTime, writeTime } from '../readers.ts';
import type { StreamContext } from '../types.ts';

type Way = 'outgoing' | 'incoming' | 'internal' | 'transferred' | 'other';

const CLASSES: ReadonlyMap<string, Way> = new Map<string, Way>([
  ['POT', 'outgoing'],
  ['POTA', 'outgoing'],
  ['POTP', 'outgoing'],
  ['POTW', 'outgoing'],
  ['IVOT', 'outgoing'],
  ['IVOTP', 'outgoing'],
  ['IDOT', 'outgoing'],
  ['PIN', 'incoming'],
  ['IVIN', 'incoming'],
  ['IDIN', 'incoming'],
  ['PTRS', 'transferred'],
  ['ITRS', 'transferred'],
  ['ICM', 'internal'],
  ['SDTA', 'internal'],
  ['SAD', 'other'],
  ['WAD', 'other'],
]);

/** Which way the last call of a line went: a transferred leg does not say it itself. */
const wayKey = (trunk: string): string => `way:${trunk}`;

/** The class, kept as the condition, and the way of the call where it tells one. */
export const callClass: Field = (cellOf) => {
  const at = cellOf('class');
  return (row, draft) => {
    const word = row[at] ?? '';
    const way = CLASSES.get(word);
    if (way === undefined) return 'bad-call-type';
    draft.conditionCode = word;
    if (way === 'transferred') draft.transferred = true;
    else if (way !== 'other') draft.direction = way;
    return undefined;
  };
};

/** The clock, with the date beside it or of the page. The printed date has no year. */
export function started(timeColumn: string, dateColumn?: string): Field {
  return (cellOf) => {
    const timeAt = cellOf(timeColumn);
    const dateAt = dateColumn === undefined ? undefined : cellOf(dateColumn);
    // Neighbouring records are mostly of one day.
    let lastPrinted = '';
    let lastDate: string | undefined;
    return (row, draft, state) => {
      const time = readTime(row[timeAt] ?? '');
      if (time === undefined) return 'bad-time';
      const { context, options } = state;
      if (dateAt === undefined) {
        const day = time === IMPOSSIBLE ? undefined : pageDayAt(context, time);
        if (day !== undefined) return writeTime(draft, state, day, time, options.timeIs);
        draft.startOrEnd = options.timeIs;
        if (time === IMPOSSIBLE) state.doubts.push('date-impossible');
        else draft[options.timeIs] = `T${time}`;
        return undefined;
      }
      const printed = row[dateAt] ?? '';
      if (printed !== lastPrinted) {
        const isDayFirst = options.dateOrder.indexOf('D') < options.dateOrder.indexOf('M');
        lastPrinted = printed;
        lastDate = readDate(printed, isDayFirst ? 'DM' : 'MD');
      }
      const date = lastDate;
      if (date === undefined) return 'bad-date';
      if (date === IMPOSSIBLE || time === IMPOSSIBLE) return writeTime(draft, state, date, time, options.timeIs);
      const day = withPageYear(context, date);
      // Records between extensions print no date of their own.
      if (day !== date) rememberRecordDay(context, day, time);
      return writeTime(draft, state, day, time, options.timeIs);
    };
  };
}

/** A DID number has at least so many digits; no system has so many lines. */
const DID = /^[\d*#]{4,}$/;

/** Records without a date: the line, or the number that an outside caller dialled. */
export const lineOrDid: Field = (cellOf) => {
  const at = cellOf('line');
  return (row, draft, state) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    const wish = state.options.own['lineField'];
    const isDid = wish === 'did' || (wish !== 'line' && draft.direction === 'incoming' && DID.test(value));
    if (isDid) draft.dialedNumber = value;
    else draft.trunk = value;
    return undefined;
  };
};

const NUMBER = /^\+?[\d*#A-DPpTtWw.,Xx()/ -]+$/;

function wayOf(direction: string | undefined, trunk: string | undefined, context: StreamContext): string | undefined {
  if (trunk === undefined) return direction;
  if (direction === undefined) return context[wayKey(trunk)];
  if (direction !== 'internal') context[wayKey(trunk)] = direction;
  return direction;
}

/** The number dialled; of an incoming call the caller. A transferred leg's is what the call on its line was before. */
export const number: Field = (cellOf) => {
  const at = cellOf('number');
  return (row, draft, state) => {
    const value = row[at] ?? '';
    const way = wayOf(draft.direction, draft.trunk, state.context);
    if (value === '') return undefined;
    if (!NUMBER.test(value)) {
      // A caller without a number has a word or a name there.
      if (way === 'outgoing' || way === 'internal') return 'bad-number';
      draft.callerName = value;
    } else if (way === 'incoming') draft.callerNumber = value;
    else if (way !== undefined) draft.dialedNumber = value;
    else if (draft.transferred === true) draft.extra = { ...draft.extra, number: value };
    else draft.dialedNumber = value;
    return undefined;
  };
};

const NO_ANSWER = /^NO ANSWER$/i;
const CODE = /^[\d*#]+$/;
/** XEN and older IPK: a forced code has an A in front, and stands behind the account code when both exist. */
const FORCED = /^(?:([\d*#]{1,16})\s*)?A(\d{1,13})$/;

/** The account column: a code, the words for a call nobody took, or a name. */
export const account: Field = (cellOf) => {
  const at = cellOf('account');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    if (NO_ANSWER.test(value)) {
      draft.answered = false;
      return undefined;
    }
    if (CODE.test(value)) {
      // A caller without a name can have the number in its place.
      if (value !== draft.callerNumber) draft.accountCode = value;
      return undefined;
    }
    const [, code, forced] = draft.direction === 'outgoing' ? (FORCED.exec(value) ?? []) : [];
    if (forced !== undefined) {
      if (code !== undefined) draft.accountCode = code;
      draft.authCode = forced;
    } else if (draft.direction === 'outgoing' || draft.direction === 'internal')
      draft.extra = { ...draft.extra, name: value };
    else draft.callerName = value;
    return undefined;
  };
};

const NUMBER_AT = 43;

/** A record names somebody or a line; without a duration nobody answered, and then it must reach the number. */
export const wholeRecord: Field = () => (_row, draft, state) => {
  const isNobody =
    draft.extension === undefined &&
    draft.trunk === undefined &&
    draft.callerNumber === undefined &&
    draft.dialedNumber === undefined;
  if (isNobody) return 'cut-short';
  if (draft.durationSeconds === undefined) {
    if (draft.direction === 'outgoing' && draft.extension === undefined) return 'cut-short';
    if (draft.answered !== false && state.line.trimEnd().length < NUMBER_AT) return 'cut-short';
    draft.answered = false;
  }
  return undefined;
};

/** The name of the caller of the record before; a part of that call. */
export const nextName: PatternLayout = {
  kind: 'pattern',
  match: /^NEXT\s+(?<name>\S.*)$/,
  columns: ['name'],
  fields: [
    (cellOf) => {
      const at = cellOf('name');
      return (row, draft, state) => {
        state.isPart = true;
        draft.conditionCode = 'NEXT';
        draft.callerName = row[at] ?? '';
        return undefined;
      };
    },
  ],
};
