/** Words and signs that PBXs of many makers print for the same thing. Only a proposal to a person: no format reads by it. */

export interface WordMeaning {
  readonly direction?: 'outgoing' | 'incoming' | 'internal';
  readonly answered?: boolean;
  readonly transferred?: boolean;
}

const MEANINGS: readonly (readonly [words: readonly string[], meaning: WordMeaning])[] = [
  [['O', 'OUT', 'OG', 'OUTGOING', 'OUTBOUND', 'GO', 'ĐI', '-->', '->', '>>', '>'], { direction: 'outgoing' }],
  [['I', 'IN', 'IC', 'INC', 'INCOMING', 'INBOUND', 'ĐẾN', '<--', '<-', '<<', '<'], { direction: 'incoming' }],
  [['INT', 'INTERNAL'], { direction: 'internal' }],
  [['T', 'TR', 'TRF', 'TRANSFER', 'TRANSFERRED'], { transferred: true }],
  [['NA', 'NO ANSWER', 'NOANSWER', 'NO-ANSWER', 'MISSED', 'LOST', 'BUSY'], { answered: false }],
  [['ANS', 'ANSWER', 'ANSWERED', 'OK'], { answered: true }],
];

/** What a word most likely means; empty when it is none of them. */
export function meaningOfWord(text: string): WordMeaning {
  const upper = text.toUpperCase().trim();
  const word = /^<[^<>]+>$/.test(upper) ? upper.slice(1, -1).trim() : upper;
  return MEANINGS.find(([words]) => words.includes(word))?.[1] ?? {};
}
