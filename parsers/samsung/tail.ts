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
import type { Field } from '../engine.ts';
import { cleanDecimal } from '../readers.ts';

/** First columns, counted from 1, of the page whose heading is known. */
const ACCOUNT_AT = 66;
const CARRIER_AT = 79;
const CALLER_AT = 88;
const NAME_AT = 106;

const AMOUNT = /^\d+[.,]\d+$/;
const WHOLE_AMOUNT = /^\d+$/;
const ACCOUNT = /^[\dA-Za-z*#]{1,12}$/;
const CARRIER = /^[\dA-Za-z]{1,4}$/;
const CALLER = /^\+?[\d*#]{2,18}$/;
const CALLER_AND_NAME = /^(\+?[\d*#]{3,18}) +(\S.*)$/;
const NO_CALLER = /^no CLIP (?:name|number)$/i;
const WORDS = /\S+(?: \S+)*/g;

/** Reads the rest of a line that begins at column `ACCOUNT_AT`. */
export function tail(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft, state) => {
      if (row[at] === '') return undefined;
      const rest = state.line.slice(ACCOUNT_AT - 1);
      let isBehindCost = false;
      for (const { 0: word, index } of rest.matchAll(WORDS)) {
        const start = ACCOUNT_AT + index;
        if (start >= CALLER_AT && !(AMOUNT.test(word) && !isBehindCost && start < CALLER_AT + 6)) {
          if (NO_CALLER.test(word)) continue;
          const both = CALLER_AND_NAME.exec(word);
          if (draft.callerNumber === undefined && CALLER.test(word)) draft.callerNumber = word;
          else if (draft.callerNumber === undefined && both !== null && start < NAME_AT) {
            draft.callerNumber = both[1] ?? '';
            const name = both[2] ?? '';
            if (!NO_CALLER.test(name)) draft.callerName = name;
          } else draft.callerName = draft.callerName === undefined ? word : `${draft.callerName} ${word}`;
        } else if (AMOUNT.test(word)) {
          if (isBehindCost) return 'bad-cost';
          draft.cost = cleanDecimal(word);
          isBehindCost = true;
        } else if (start === ACCOUNT_AT && ACCOUNT.test(word)) draft.accountCode = word;
        else if (start < CARRIER_AT && WHOLE_AMOUNT.test(word) && !isBehindCost) {
          draft.cost = cleanDecimal(word);
          isBehindCost = true;
        } else if (start < CARRIER_AT || isBehindCost || !CARRIER.test(word)) return 'outside-fields';
      }
      return undefined;
    };
  };
}
