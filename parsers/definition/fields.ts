/**
 * The fields of a definition as fields of the engine. A line's dates, times and its one undecided number are gathered in
 * a note while the cells are read, and written to the record by the last field, `conclusion`.
 */
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import type { Draft, Field, ReadState } from '../engine.ts';
import { cost, IMPOSSIBLE, UNSET } from '../readers.ts';
import type { DateOrder } from '../types.ts';
import { applyEffects, cellReader, isAccepted, saysMore } from './cells.ts';
import type { Accepted, DefinitionField, LineShape, MomentOrArrival, TextMeaning } from './definition-file.ts';
import { dateOf, dateOfDays, durationOf, epochOf, halfOf, momentOf, timeOf } from './moments.ts';

/** Places of a line's moments in its note; `any` is the moment that the option `timeIs` names. */
const SLOTS = ['any', 'start', 'answer', 'end', 'arrival'] as const;
const ARRIVAL = 4;
const slotOf = (of: MomentOrArrival | undefined): number => SLOTS.indexOf(of ?? 'any');

/** What one line has said so far. */
interface Note {
  readonly dates: (string | undefined)[];
  readonly times: (string | undefined)[];
  readonly halves: ('am' | 'pm' | undefined)[];
  number: string | undefined;
  from: string | undefined;
  to: string | undefined;
}

/** Key of the stream's memory that holds the date of the last date line. */
export const DATE_IN_CONTEXT = 'date';

const TEXT_KEYS = {
  extension: 'extension',
  dialled: 'dialedNumber',
  caller: 'callerNumber',
  callerName: 'callerName',
  trunk: 'trunk',
  trunkOut: 'trunkOut',
  account: 'accountCode',
  authorization: 'authCode',
  condition: 'conditionCode',
  currency: 'currency',
  callId: 'callId',
  linkedId: 'linkedId',
} as const satisfies Record<Exclude<TextMeaning, 'number' | 'from' | 'to'>, keyof Draft>;

const USUALLY_ACCEPTED: Readonly<Record<TextMeaning, Accepted>> = {
  extension: 'word',
  number: 'number',
  from: 'word',
  to: 'word',
  dialled: 'number',
  caller: 'number',
  callerName: 'anything',
  trunk: 'word',
  trunkOut: 'word',
  account: 'word',
  authorization: 'word',
  condition: 'anything',
  currency: 'anything',
  callId: 'word',
  linkedId: 'word',
};

const DURATION_KEYS = {
  talk: 'durationSeconds',
  ring: 'ringSeconds',
  hold: 'holdSeconds',
  park: 'parkSeconds',
} as const;

/** Neighbouring records mostly share their dates, so the last answer is kept. */
function remembered<T>(read: (value: string, order: DateOrder) => T): (value: string, order: DateOrder) => T {
  let last: { readonly value: string; readonly order: DateOrder; readonly result: T } | undefined;
  return (value, order) => {
    if (last?.value !== value || last.order !== order) last = { value, order, result: read(value, order) };
    return last.result;
  };
}

/** Reads a value that is there; a stable word when it is not what it should be. */
type ReadValue = (value: string, draft: Draft, state: ReadState) => string | undefined;

function valueReader(field: DefinitionField, note: Note): ReadValue {
  switch (field.means) {
    case 'date': {
      const slot = slotOf(field.of);
      const read = remembered((value, order) => dateOf(value, order, field.months));
      return (value, _draft, state) => {
        const date = read(value, field.order ?? state.options.dateOrder);
        if (date === undefined) return 'bad-date';
        note.dates[slot] = date;
        return undefined;
      };
    }
    case 'time': {
      const slot = slotOf(field.of);
      return (value) => {
        const time = timeOf(value, field, note.halves[slot]);
        if (time === undefined) return 'bad-time';
        note.times[slot] = time;
        return undefined;
      };
    }
    case 'half': {
      const slot = slotOf(field.of);
      return (value) => {
        const half = halfOf(value, field);
        if (half === undefined) return 'bad-time';
        note.halves[slot] = half;
        return undefined;
      };
    }
    case 'dateTime': {
      const slot = slotOf(field.of);
      const form = field.form ?? 'printed';
      const read = remembered((value, order) =>
        form === 'printed' ? momentOf(value, order, field.months, field) : epochOf(value, form === 'epoch-ms'),
      );
      return (value, _draft, state) => {
        const moment = read(value, field.order ?? state.options.dateOrder);
        if (moment === undefined) return 'bad-time';
        note.dates[slot] = moment.date;
        note.times[slot] = moment.time;
        return undefined;
      };
    }
    case 'talk':
    case 'ring':
    case 'hold':
    case 'park': {
      const key = DURATION_KEYS[field.means];
      return (value, draft) => {
        const seconds = durationOf(value, field.form);
        if (seconds === undefined) return `bad-${field.means}`;
        draft[key] = (draft[key] ?? 0) + seconds;
        return undefined;
      };
    }
    case 'cost': {
      const read = cost('cost')(() => 0);
      return (value, draft, state) => read([value], draft, state);
    }
    case 'direction':
    case 'ignore':
      // What is left beside the words says nothing; with words it must not be there.
      return () => (field.words === undefined ? undefined : `bad-${field.means}`);
    case 'extra': {
      const accepted = field.accepts ?? 'anything';
      return (value, draft) => {
        if (!isAccepted(value, accepted)) return `bad-${field.name}`;
        draft.extra = { ...draft.extra, [field.name]: value };
        return undefined;
      };
    }
    case 'number': {
      const accepted = field.accepts ?? USUALLY_ACCEPTED.number;
      return (value) => {
        if (!isAccepted(value, accepted)) return 'bad-number';
        note.number = value;
        return undefined;
      };
    }
    case 'from':
    case 'to': {
      const party = field.means;
      const accepted = field.accepts ?? USUALLY_ACCEPTED[party];
      return (value) => {
        if (!isAccepted(value, accepted)) return `bad-${party}`;
        note[party] = value;
        return undefined;
      };
    }
    case 'condition':
      return (value, draft) => {
        draft.conditionCode = value;
        return undefined;
      };
    default: {
      const key = TEXT_KEYS[field.means];
      const accepted = field.accepts ?? USUALLY_ACCEPTED[field.means];
      return (value, draft) => {
        if (!isAccepted(value, accepted)) return `bad-${field.means}`;
        draft[key] = value;
        return undefined;
      };
    }
  }
}

const isMoment = (field: DefinitionField): boolean =>
  field.means === 'date' || field.means === 'time' || field.means === 'dateTime';

function engineField(field: DefinitionField, column: string, note: Note): Field {
  const readCell = cellReader(field);
  const readValue = valueReader(field, note);
  const isRequired = field.isRequired ?? isMoment(field);
  const keepsWord = field.means === 'condition';
  const isPlain = !saysMore(field);
  return (cellOf) => {
    const at = cellOf(column);
    if (isPlain) {
      return (row, draft, state) => {
        const value = row[at] ?? '';
        if (value !== '') return readValue(value, draft, state);
        return isRequired ? `no-${field.means}` : undefined;
      };
    }
    return (row, draft, state) => {
      const raw = row[at] ?? '';
      if (raw === '' && isRequired) return `no-${field.means}`;
      const { value, word } = readCell(raw, draft);
      if (keepsWord && word !== undefined) draft.conditionCode = raw;
      return value === '' ? undefined : readValue(value, draft, state);
    };
  };
}

function dayOfDate(date: string): number | undefined {
  const parts = partsOfPrinted(`${date}T00:00`);
  return parts?.year === undefined || parts.month === undefined || parts.day === undefined
    ? undefined
    : daysFromCivil(parts.year, parts.month, parts.day);
}

/** The two clocks may differ by minutes, so only half a day decides. */
function isEveningBefore(time: string, arrival: string): boolean {
  return Number(time.slice(0, 2)) - Number(arrival.slice(0, 2)) >= 12;
}

/** Dates and times of the note, as the record's moments. */
function writeMoments(note: Note, draft: Draft, state: ReadState): void {
  const shared = note.dates.find((date) => date !== undefined) ?? state.context[DATE_IN_CONTEXT];
  const arrival = note.times[ARRIVAL];
  let latest: string | undefined;
  for (let slot = 0; slot < ARRIVAL; slot++) {
    const time = note.times[slot];
    if (time === undefined) continue;
    const which = SLOTS[slot];
    const moment = which === 'start' || which === 'answer' || which === 'end' ? which : state.options.timeIs;
    const own = note.dates[slot];
    let date = own ?? shared;
    draft.startOrEnd ??= moment;
    if (date === IMPOSSIBLE || time === IMPOSSIBLE) {
      if (!state.doubts.includes('date-impossible')) state.doubts.push('date-impossible');
      continue;
    }
    if (date === UNSET || time === UNSET) {
      if (!state.doubts.includes('date-from-arrival')) state.doubts.push('date-from-arrival');
      continue;
    }
    // A later moment that prints no date of its own and an earlier time lies on the day after.
    if (own === undefined && latest !== undefined && time < latest && date !== undefined) {
      const days = dayOfDate(date);
      if (days !== undefined) date = dateOfDays(days + 1);
    }
    // A line that arrived just after midnight tells of a call of the evening before.
    if (own === undefined && date !== undefined && arrival !== undefined && isEveningBefore(time, arrival)) {
      const days = dayOfDate(date);
      if (days !== undefined) date = dateOfDays(days - 1);
    }
    latest = time;
    draft[moment] = date === undefined ? `T${time}` : `${date}T${time}`;
  }
  if (draft.start !== undefined && draft.end !== undefined) draft.startOrEnd = 'both';
}

const DAY_SECONDS = 86_400;

/** Seconds between two printed times; where they have no dates, the second is the next one on the clock. */
function secondsBetween(from: string, to: string): number | undefined {
  const [a, b] = [partsOfPrinted(from), partsOfPrinted(to)];
  if (a === undefined || b === undefined) return undefined;
  const inDay = b.secondOfDay - a.secondOfDay;
  if (a.year === undefined || b.year === undefined) return ((inDay % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  const [dayA, dayB] = [
    daysFromCivil(a.year, a.month ?? 1, a.day ?? 1),
    daysFromCivil(b.year, b.month ?? 1, b.day ?? 1),
  ];
  const seconds = (dayB - dayA) * DAY_SECONDS + inDay;
  return seconds < 0 ? undefined : seconds;
}

/** First field of every layout: nothing of the line before is left. */
const beginning =
  (shape: LineShape, note: Note): Field =>
  () =>
  (_row, draft) => {
    note.dates.fill(undefined);
    note.times.fill(undefined);
    note.halves.fill(undefined);
    note.number = undefined;
    note.from = undefined;
    note.to = undefined;
    applyEffects(draft, shape.always);
    return undefined;
  };

/** Short numbers are inside; undefined where both are long or one is missing. */
function directionOf(from: string, to: string, longest: number): Draft['direction'] {
  const isInside = (party: string): boolean => /^\d+$/.test(party) && party.length <= longest;
  if (isInside(from)) return isInside(to) ? 'internal' : 'outgoing';
  return isInside(to) ? 'incoming' : undefined;
}

/** Who called and who was called: the direction says which of them is inside. */
function writeParties({ from, to }: Note, draft: Draft, shape: LineShape): void {
  if (draft.direction === undefined && shape.longestExtension !== undefined) {
    const told = directionOf(from ?? '', to ?? '', shape.longestExtension);
    if (told !== undefined) draft.direction = told;
  }
  const { direction } = draft;
  if (from !== undefined) {
    if (direction === 'outgoing' || direction === 'internal') draft.extension = from;
    else draft.callerNumber = from;
  }
  if (to !== undefined) {
    if (direction === 'incoming') draft.extension = to;
    else draft.dialedNumber = to;
  }
}

const conclusion =
  (shape: LineShape, note: Note): Field =>
  () =>
  (_row, draft, state) => {
    writeMoments(note, draft, state);
    writeParties(note, draft, shape);
    if (note.number !== undefined)
      draft[draft.direction === 'incoming' ? 'callerNumber' : 'dialedNumber'] = note.number;
    if (shape.isRingInTalk === true && draft.durationSeconds !== undefined && draft.ringSeconds !== undefined) {
      draft.durationSeconds = Math.max(0, draft.durationSeconds - draft.ringSeconds);
    }
    const from = draft.answer ?? draft.start;
    if (shape.isTalkFromTimes === true && draft.durationSeconds === undefined && from !== undefined) {
      if (draft.end === undefined) return undefined;
      const seconds = secondsBetween(from, draft.end);
      if (seconds === undefined) return 'end-before-start';
      draft.durationSeconds = seconds;
    }
    if (shape.isContinuation === true) state.isPart = true;
    return undefined;
  };

/** A cell that no field asks for must be empty, like text between columns. */
export function emptyCell(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row) => ((row[at] ?? '') === '' ? undefined : 'outside-fields');
  };
}

/** All fields of a line shape in reading order: halves of the day before the times they belong to. */
export function engineFields(shape: LineShape, columnOf: (index: number) => string): Field[] {
  const slots = (): undefined[] => SLOTS.map(() => undefined);
  const note: Note = {
    dates: slots(),
    times: slots(),
    halves: slots(),
    number: undefined,
    from: undefined,
    to: undefined,
  };
  const isHalf = (field: DefinitionField): number => Number(field.means !== 'half');
  const inOrder = shape.fields
    .map((field, index) => ({ field, column: columnOf(index) }))
    .sort((a, b) => isHalf(a.field) - isHalf(b.field));
  return [
    beginning(shape, note),
    ...inOrder.map(({ field, column }) => engineField(field, column, note)),
    conclusion(shape, note),
  ];
}
