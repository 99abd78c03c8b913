/**
 * Condition codes of Communication Manager: one character that says what kind of call the record is about. Where two apply,
 * the switch prints one of them (7 stands above A). The 59-character page has letters of its own for some.
 */

export type Flow =
  | 'internal'
  | 'outgoing'
  | 'incoming'
  | 'by-trunks'
  | 'failed'
  | 'ring'
  | 'not-recorded'
  | 'signalling';

const FLOWS: Readonly<Record<string, Flow>> = {
  '0': 'internal',
  // Attendant handled or assisted.
  '1': 'by-trunks',
  // Ten hours are over and the call goes on, or the message counter is full.
  '4': 'by-trunks',
  '6': 'not-recorded',
  // AAR/ARS; the next one waited for a free trunk.
  '7': 'outgoing',
  '8': 'outgoing',
  '9': 'incoming',
  A: 'outgoing',
  B: 'outgoing',
  // Conference: one record for each trunk.
  C: 'by-trunks',
  E: 'failed',
  F: 'failed',
  // Ring time of an incoming trunk group: answered, abandoned, busy.
  G: 'ring',
  H: 'ring',
  I: 'ring',
  // Path replacement.
  J: 'by-trunks',
  K: 'by-trunks',
  M: 'by-trunks',
  T: 'signalling',
};

const LETTERS_OF_59: Readonly<Record<string, string>> = {
  A: '1',
  D: '4',
  E: '6',
  G: '7',
  H: '8',
  I: '9',
  L: 'C',
  N: 'E',
};

/** What a printed code means; undefined for one that the lists do not have. */
export function flowOf(printed: string, has59Letters: boolean): Flow | undefined {
  return FLOWS[has59Letters ? (LETTERS_OF_59[printed] ?? printed) : printed];
}

/** The codes of the lists as they stand in a regular expression. */
export const CONDITION = '[0146-9A-CE-KMT]';
export const CONDITION_59 = '[0146-9A-IK-NT]';
/** A talk longer than ten hours is printed in parts with this code. */
export const isLongCallPart = (printed: string | undefined, has59Letters = false): boolean =>
  printed === '4' || (has59Letters && printed === 'D');
