/**
 * The flexible K record (KK outgoing, KL station to station, KM incoming) of SV8500, SV9500 and late NEAX 2400 IPX: behind
 * the kind follow elements of two digits for what it is, two for its length, and the data.
 *
 *     0!KK 01 06 001012 03 04 2001 06 34 2026112309300100020261123093110500 10 10 0901234567   (without the blanks)
 *
 * 01 trunk (route, trunk), 02 and 03 calling party, 04 and 05 called party, 06 start and end with thousandths, 07 account
 * code, 08 condition, 10 dialled digits, 12 authorization code, 13 unit and charge, 16 caller number. How the parties are
 * put together inside their elements is not known; a plain number is taken as it stands.
 */

import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { daysFromCivil, isCivilDate } from '../../core/model/time.ts';
import type { Draft } from '../engine.ts';
import { chargeOf } from './charge.ts';
import { isTransfer, type KOutcome } from './k-record.ts';

const DIRECTIONS: Readonly<Record<string, NonNullable<CallRecord['direction']>>> = {
  K: 'outgoing',
  L: 'internal',
  M: 'incoming',
};

const TRUNK = '01';
const CALLING = ['03', '02'] as const;
const CALLED = ['05', '04'] as const;
const TIMES = '06';
const ACCOUNT = '07';
const CONDITION = '08';
const DIALLED = '10';
const AUTHORIZATION = '12';
const CHARGE = '13';
const CALLER = '16';

const NUMBER = /^\+?[\d*#A-D]+$/;
const CODE = /^[\dA-Za-z*#]+$/;

/** The elements behind the kind; undefined when their lengths do not add up to the record. */
function elementsOf(text: string): ReadonlyMap<string, string> | undefined {
  const elements = new Map<string, string>();
  const end = text.trimEnd().length;
  for (let at = 4; at < end; ) {
    const head = text.slice(at, at + 4);
    if (!/^\d{4}$/.test(head)) return undefined;
    const next = at + 4 + Number(head.slice(2));
    if (next > text.length) return undefined;
    const kind = head.slice(0, 2);
    if (!elements.has(kind)) elements.set(kind, text.slice(at + 4, next).trim());
    at = next;
  }
  return elements;
}

interface Moment {
  readonly printed: string;
  readonly seconds: number;
}

/** `YYYYMMDDhhmmssmmm`; the thousandths are left out. `undefined`: no such digits; `null`: no date of the calendar. */
function momentOf(digits: string): Moment | null | undefined {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{3}$/.exec(digits) ?? [];
  if (year === '') return undefined;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (!isCivilDate(y, mo, d) || h > 23 || mi > 59 || s > 59) return null;
  return {
    printed: `${year}-${month}-${day}T${hour}:${minute}:${second}`,
    seconds: daysFromCivil(y, mo, d) * 86400 + h * 3600 + mi * 60 + s,
  };
}

function readTimes(times: string, draft: Draft, doubts: Doubt[]): string | undefined {
  const [start, end] = [momentOf(times.slice(0, 17)), momentOf(times.slice(17, 34))];
  if (start === undefined || end === undefined) return 'bad-time';
  draft.startOrEnd = 'both';
  if (start === null || end === null || end.seconds < start.seconds) doubts.push('date-impossible');
  if (start !== null) draft.start = start.printed;
  if (end !== null) draft.end = end.printed;
  if (start !== null && end !== null && end.seconds >= start.seconds) {
    draft.durationSeconds = end.seconds - start.seconds;
  }
  return undefined;
}

function firstNumber(elements: ReadonlyMap<string, string>, kinds: readonly string[]): string | undefined {
  return kinds.map((kind) => elements.get(kind)).find((value) => value !== undefined && NUMBER.test(value));
}

function readNumbers(elements: ReadonlyMap<string, string>, draft: Draft): void {
  const [calling, called] = [firstNumber(elements, CALLING), firstNumber(elements, CALLED)];
  const dialled = firstNumber(elements, [DIALLED]);
  const caller = firstNumber(elements, [CALLER]);
  const isIncoming = draft.direction === 'incoming';
  const inside = isIncoming ? called : calling;
  const number = isIncoming ? dialled : (dialled ?? called);
  if (inside !== undefined) draft.extension = inside;
  if (number !== undefined) draft.dialedNumber = number;
  if (caller !== undefined) draft.callerNumber = caller;
}

/** Reads the elements behind `0!K` and the kind's letter. */
export function readFlexibleRecord(text: string): KOutcome {
  const direction = DIRECTIONS[text[3] ?? ''];
  if (direction === undefined) return { reason: 'unknown-line' };
  const elements = elementsOf(text);
  if (elements === undefined) return { reason: 'bad-element' };
  const draft: Draft = { direction };
  const doubts: Doubt[] = [];
  const reason = readTimes(elements.get(TIMES) ?? '', draft, doubts);
  if (reason !== undefined) return { reason };
  const trunk = elements.get(TRUNK) ?? '';
  if (!/^\d*$/.test(trunk)) return { reason: 'bad-line' };
  if (trunk !== '' && direction !== 'internal') {
    draft.trunk = trunk.length === 6 ? trunk.slice(3) : trunk;
    draft.extra = { route: trunk.length === 6 ? trunk.slice(0, 3) : '' };
  }
  readNumbers(elements, draft);
  const condition = elements.get(CONDITION) ?? '';
  if (condition !== '') {
    draft.conditionCode = condition;
    if (isTransfer(condition)) draft.transferred = true;
  }
  const [account, authorization] = [elements.get(ACCOUNT) ?? '', elements.get(AUTHORIZATION) ?? ''];
  if (account !== '' && CODE.test(account)) draft.accountCode = account;
  if (authorization !== '' && CODE.test(authorization)) draft.authCode = authorization;
  const charge = elements.get(CHARGE) ?? '';
  const cost = chargeOf(charge[0] ?? ' ', charge.slice(1));
  if (cost === undefined) return { reason: 'bad-cost' };
  if (cost !== '') draft.cost = cost;
  return { record: draft, doubts };
}
