/**
 * The dial number field of Panasonic records, which also tells the direction:
 *
 *     7105993              dialled digits; P pause, F flash, = host access, . secret, X private, - outside transfer
 *     <I>0912345678        incoming with the caller's number or name
 *     <D>4001<I>0912345678 incoming on a direct number: the called number or name, then the caller
 *     <INCOMING> 0912…     incoming (TD-80, TD500); localized, e.g. <BXOДЯЩИЙ> of mixed alphabets
 *     <    incoming    >35 incoming (KX-TA), also < DISA  incoming >
 *     EXT102               intercom call to an extension
 */
import { areDigits } from '../digits.ts';
import type { Draft, Field, ReadState } from '../engine.ts';
import { foldLookAlikes } from '../text.ts';
import { dateShift } from './pages.ts';

/** The Russian firmware may print its own letters where P and X are meant. */
const DIALLED = /^[\d*#+PF/X.=\- ,РХ]+$/;
/** 1 for the characters of `DIALLED` below 128. */
const IN_NUMBER = Uint8Array.from({ length: 128 }, (_, code) => (DIALLED.test(String.fromCharCode(code)) ? 1 : 0));
const INTERCOM = /^EXT ?([\d*#]+)$/;
const CALLER = /^[+(*#.X]*\d[\d*#+\-.X()= ]*$/;
/** A ring time here means the line has a ring column and the layout has none. */
const RING_TIME = /(?:^|\s)\d{1,2}'\d\d$/;
const INCOMING_WORDS: readonly string[] = ['I', 'INCOMING', 'DISA INCOMING', 'DISA', foldLookAlikes('ВХОДЯЩИЙ')];

/** As these words are mostly printed; others are looked at more closely. */
const USUAL_WORDS: ReadonlySet<string> = new Set(['I', 'INCOMING', 'incoming', 'DISA  incoming']);

function isDialled(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code >= 128) return DIALLED.test(value);
    if (IN_NUMBER[code] === 0) return false;
  }
  return true;
}

function readCaller(rest: string, draft: Draft): string | undefined {
  if (rest === '') return undefined;
  if (areDigits(rest)) {
    draft.callerNumber = rest;
    return undefined;
  }
  if (RING_TIME.test(rest)) return 'outside-fields';
  if (CALLER.test(rest)) draft.callerNumber = rest;
  else draft.callerName = rest;
  return undefined;
}

function readMarked(value: string, draft: Draft, state: ReadState): string | undefined {
  const close = value.indexOf('>');
  if (close < 0) return 'bad-number';
  const word = value.slice(1, close).trim();
  const rest = value.slice(close + 1).trim();
  draft.direction = 'incoming';
  if (word === 'D') {
    const caller = rest.indexOf('<I>');
    const called = (caller < 0 ? rest : rest.slice(0, caller)).trim();
    if (CALLER.test(called)) draft.dialedNumber = called;
    else if (called !== '') draft.extra = { calledName: called };
    return caller < 0 ? undefined : readCaller(rest.slice(caller + 3).trim(), draft);
  }
  if (USUAL_WORDS.has(word)) return readCaller(rest, draft);
  const folded = foldLookAlikes(word.toUpperCase()).replace(/\s+/g, ' ');
  // Any word in angle brackets marks an incoming call in the localized firmwares seen; an unknown one is a guess.
  if (!INCOMING_WORDS.includes(folded)) {
    if (!/^[\p{L} ]{3,}$/u.test(word)) return 'bad-number';
    state.doubts.push('direction-guessed');
  }
  return readCaller(rest, draft);
}

/**
 * Reads the dial number cell; `trunkColumn` tells an empty dialled number from nothing at all. An intercom call begins
 * exactly at `start` (from 1): with the trunk column empty, nothing else tells the pages apart.
 */
export function numberField(column: string, trunkColumn: string, start: number): Field {
  return (cellOf) => {
    const [at, trunkAt] = [cellOf(column), cellOf(trunkColumn)];
    return (row, draft, state) => {
      const value = row[at] ?? '';
      if (value === '') {
        if (row[trunkAt] !== '') draft.direction = 'outgoing';
        return undefined;
      }
      const first = value.charCodeAt(0);
      if (first === 0x3c) return value === '<I>' ? incomingOnly(draft) : readMarked(value, draft, state);
      if (first === 0x45) {
        const inside = INTERCOM.exec(value)?.[1];
        if (inside === undefined || state.line.charCodeAt(start - 1 + dateShift(state.line)) !== 0x45) {
          return 'bad-number';
        }
        draft.direction = 'internal';
        draft.dialedNumber = inside;
        return undefined;
      }
      if (!isDialled(value)) return 'bad-number';
      draft.direction = 'outgoing';
      draft.dialedNumber = value;
      return undefined;
    };
  };
}

function incomingOnly(draft: Draft): undefined {
  draft.direction = 'incoming';
  return undefined;
}
