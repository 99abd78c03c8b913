/**
 * What stands behind the dialled digits. It differs by model and software, and the page's heading tells where:
 *
 *     short page (iDCS 500, OfficeServ 500), 80 columns:     cost at the right
 *     DIALED DIGIT          COST
 *     929538                 0.00
 *     long page (OfficeServ 7200: 122, DCS: 126; DCS Compact II: no blanks at the end):
 *     DIALED DIGIT       ACCOUNT CODE   CARR    COST  CLIP NUMBER  CLIP NAME
 *
 * Without a heading: the account code begins in its first column, an amount has a point, and the caller stands behind both.
 */
import { areDigits } from '../digits.ts';
import type { Draft, Field } from '../engine.ts';
import { cleanDecimal } from '../readers.ts';

/** First columns, counted from 1, of the page whose heading is known. */
const ACCOUNT_AT = 66;
const CARRIER_AT = 79;
const CALLER_AT = 88;
const NAME_AT = 106;
/** An amount stands at the right end of its field, which reaches a little into the caller's. */
const LONGEST_AMOUNT = 6;
const LONGEST_ACCOUNT = 12;
const LONGEST_NUMBER = 18;

const AMOUNT = /^\d+[.,]\d+$/;
const WHOLE_AMOUNT = /^\d+$/;
const ACCOUNT = /^[\dA-Za-z*#]{1,12}$/;
const CARRIER = /^[\dA-Za-z]{1,4}$/;
const CALLER = /^\+?[\d*#]{1,18}$/;
const CALLER_AND_NAME = /^(\+?[\d*#]{3,18}) +(\S.*)$/;
const NO_CALLER = /^(?:no CLIP (?:name|number)(?: |$))+/i;

/** Digits, a point or comma, digits. */
const isAmount = (word: string): boolean => word === '0.00' || (!areDigits(word) && AMOUNT.test(word));
const amountOf = (word: string): string => (word === '0.00' ? word : cleanDecimal(word));

/** Index behind the word that begins at `from`: single blanks belong to it. */
function endOfWord(line: string, from: number): number {
  let end = from + 1;
  for (; end < line.length; end++) {
    if (line.charCodeAt(end) > 32) continue;
    if (end + 1 >= line.length || line.charCodeAt(end + 1) <= 32) break;
  }
  return end;
}

/** The caller's number and name, each once; names may hold wider gaps. */
function readCaller(printed: string, start: number, draft: Draft): void {
  if (draft.callerNumber === undefined && printed.length <= LONGEST_NUMBER && areDigits(printed)) {
    draft.callerNumber = printed;
    return;
  }
  const word = printed.replace(NO_CALLER, '').trim();
  if (word === '') return;
  const both = draft.callerNumber === undefined && start < NAME_AT ? CALLER_AND_NAME.exec(word) : null;
  if (draft.callerNumber === undefined && CALLER.test(word)) draft.callerNumber = word;
  else if (both !== null) {
    draft.callerNumber = both[1] ?? '';
    const name = both[2] ?? '';
    if (!NO_CALLER.test(name)) draft.callerName = name;
  } else draft.callerName = draft.callerName === undefined ? word : `${draft.callerName} ${word}`;
}

/** Reads the rest of a line that begins at column `ACCOUNT_AT`. */
export function tail(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft, state) => {
      if (row[at] === '') return undefined;
      const { line } = state;
      let isBehindCost = false;
      for (let from = ACCOUNT_AT - 1; from < line.length; from++) {
        if (line.charCodeAt(from) <= 32) continue;
        const start = from + 1;
        const end = endOfWord(line, from);
        const word = line.slice(from, end);
        from = end;
        const isCost = !isBehindCost && start < CALLER_AT + LONGEST_AMOUNT && isAmount(word);
        if (isCost) {
          draft.cost = amountOf(word);
          isBehindCost = true;
        } else if (start >= CALLER_AT) readCaller(word, start, draft);
        else if (start === ACCOUNT_AT && ((word.length <= LONGEST_ACCOUNT && areDigits(word)) || ACCOUNT.test(word)))
          draft.accountCode = word;
        else if (start < CARRIER_AT && !isBehindCost && WHOLE_AMOUNT.test(word)) {
          draft.cost = amountOf(word);
          isBehindCost = true;
        } else if (start < CARRIER_AT || isBehindCost || !CARRIER.test(word)) return 'outside-fields';
      }
      return undefined;
    };
  };
}
