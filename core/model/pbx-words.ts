/** Words and signs that PBXs of many makers print for the same thing. Only a proposal to a person: no format reads by it. */

export interface WordMeaning {
  readonly direction?: 'outgoing' | 'incoming' | 'internal';
  readonly answered?: boolean;
  readonly transferred?: boolean;
}

const OUTGOING: WordMeaning = { direction: 'outgoing' };
const INCOMING: WordMeaning = { direction: 'incoming' };

const MEANINGS: readonly (readonly [words: readonly string[], meaning: WordMeaning])[] = [
  [['O', 'OUT', 'OG', 'OUTGOING', 'OUTBOUND', 'GO', 'TO', '-->', '->', '>>', '>', '=>', '==>', '→'], OUTGOING],
  [['DIALED', 'DIALLED', 'ĐI', 'GỌI ĐI', 'GỌI RA', 'GEHEND', 'AUSGEHEND', 'SORTANT', 'SALIENTE'], OUTGOING],
  [['I', 'IN', 'IC', 'INC', 'INCOMING', 'INBOUND', 'FM', 'FROM', '<--', '<-', '<<', '<', '<=', '<==', '←'], INCOMING],
  [['RECVD', 'RECEIVED', 'ĐẾN', 'GỌI ĐẾN', 'GỌI VÀO', 'KOMMEND', 'EINGEHEND', 'ENTRANT', 'ENTRANTE'], INCOMING],
  [['INT', 'INTERNAL', 'NỘI BỘ', 'INTERN'], { direction: 'internal' }],
  [['T', 'TR', 'TRF', 'TRANSFER', 'TRANSFERRED'], { transferred: true }],
  [['MISSED', 'GỌI NHỠ', 'CUỘC GỌI NHỠ', 'NHỠ'], { direction: 'incoming', answered: false }],
  [['NA', 'NO ANSWER', 'NOANSWER', 'NO-ANSWER', 'UNANSWERED', 'LOST', 'BUSY', 'FAILED'], { answered: false }],
  [['KHÔNG TRẢ LỜI', 'KHÔNG TRẢ LỜI MÁY', 'BẬN', 'THẤT BẠI'], { answered: false }],
  [['ANS', 'ANSWER', 'ANSWERED', 'OK', 'SUCCESS', 'THÀNH CÔNG', 'TRẢ LỜI', 'ĐÃ TRẢ LỜI'], { answered: true }],
];

/** What a word most likely means; empty when it is none of them. */
export function meaningOfWord(text: string): WordMeaning {
  const upper = text.normalize('NFC').toUpperCase().trim();
  const bare = /^<[^<>]+>$/.test(upper) ? upper.slice(1, -1).trim() : upper;
  // `I:` before a number.
  const word = /^\p{L}+:$/u.test(bare) ? bare.slice(0, -1) : bare;
  return MEANINGS.find(([words]) => words.includes(word))?.[1] ?? {};
}

export interface NumberWord extends WordMeaning {
  readonly text: string;
  readonly isPrefix: true;
}
export interface NumberWords {
  readonly words?: NumberWord[];
  /** What a number without any of the words is. */
  readonly otherwise?: { readonly direction: 'outgoing' };
}

const MOST_WORDS = 12;

/** A sign that stands alone in some call marks the others, too: `*`, `*0912345678`. */
const signBefore = (value: string, values: readonly string[]): string =>
  ['*', '#'].find((sign) => value.startsWith(sign) && values.includes(sign)) ?? '';

/** Words that stand alone or before a number: `INCOMING`, `<I>0912345678`, `unknown`. */
export function wordsBeforeNumbers(values: readonly string[]): NumberWords {
  const texts = [...new Set(values.map((value) => /^[^\d+*#(]*/.exec(value)?.[0].trim() || signBefore(value, values)))]
    .filter((text) => text !== '')
    .slice(0, MOST_WORDS);
  // `I:PRIVATE` says what `I:` says.
  const meaningOf = (text: string): WordMeaning => {
    const sign = texts.find((other) => other !== text && /\W$/u.test(other) && text.startsWith(other));
    return meaningOfWord(sign ?? text);
  };
  const words = texts.map((text): NumberWord => ({ text, isPrefix: true, ...meaningOf(text) }));
  const directions = new Set(words.map(({ direction }) => direction).filter((one) => one !== undefined));
  const isOnlyIncoming = directions.size === 1 && directions.has('incoming');
  return {
    ...(words.length > 0 && { words }),
    ...(isOnlyIncoming && { otherwise: { direction: 'outgoing' as const } }),
  };
}
