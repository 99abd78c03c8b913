/**
 * Continuation lines: each is a part that joins the call of the line before it. A damaged line in between breaks the
 * chain, so that nothing is added to a call it does not belong to; a part that stands alone is kept, in doubt.
 */
import type { AssembledCall, CodeField } from '../../core/model/call.ts';
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { assembleSingle, firstCodeOf, legOf, outsideNumberOf } from '../assembly.ts';
import type { Assembly, AssemblyRecord, FrameParser, ParseOutcome, StreamContext } from '../types.ts';

const OPEN = 'open';
/** In `extra` of a continuation: `yes` when the line before it was read. */
const GOES_ON = 'goesOn';
const WINDOW_SECONDS = 12 * 3600;
const KEY = 'line-before';

/** Marks continuation lines with whether the line before them was read. */
export function withContinuations(parser: FrameParser): FrameParser {
  return {
    parse(text: string, context: StreamContext): ParseOutcome {
      const outcome = parser.parse(text, context);
      if (outcome.kind === 'noise') return outcome;
      const wasOpen = context[OPEN] === 'yes';
      if (outcome.kind === 'malformed' || outcome.kind === 'incomplete') delete context[OPEN];
      if (outcome.kind === 'call') context[OPEN] = 'yes';
      if (outcome.kind !== 'part') return outcome;
      const { record } = outcome;
      return { ...outcome, record: { ...record, extra: { ...record.extra, [GOES_ON]: wasOpen ? 'yes' : 'no' } } };
    },
  };
}

function sumOf(records: readonly AssemblyRecord[], key: 'holdSeconds' | 'parkSeconds'): number | undefined {
  const known = records.map(({ record }) => record[key]).filter((seconds) => seconds !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, seconds) => sum + seconds, 0);
}

function combine(records: readonly AssemblyRecord[], codeFields: readonly CodeField[]): AssembledCall {
  const [first, ...others] = records;
  if (first === undefined) throw new RangeError('a call has at least one record');
  const alone = assembleSingle(first, codeFields);
  if (others.length === 0) return first.part ? { ...alone, doubts: [...alone.doubts, 'leg-missing'] } : alone;
  const parties = others.map(({ record }) => record.extension).filter((party) => party !== undefined);
  const [extension] = parties;
  const holdSeconds = sumOf(records, 'holdSeconds');
  const parkSeconds = sumOf(records, 'parkSeconds');
  const found = firstCodeOf(records, codeFields);
  const isTransferred = new Set([first.record.extension, ...parties].filter((party) => party !== undefined)).size > 1;
  const record: CallRecord = {
    ...first.record,
    ...(first.record.extension === undefined && extension !== undefined ? { extension } : {}),
    ...(holdSeconds === undefined ? {} : { holdSeconds }),
    ...(parkSeconds === undefined ? {} : { parkSeconds }),
    ...(isTransferred ? { transferred: true } : {}),
  };
  const outside = outsideNumberOf(record, alone.direction);
  const doubts = new Set<Doubt>([...alone.doubts, ...others.flatMap((entry) => entry.doubts)]);
  return {
    ...alone,
    ...found,
    record,
    outsideNumber: outside.number,
    legs: records.map(legOf),
    doubts: [...doubts],
  };
}

export function continuationAssembly(codeFields: readonly CodeField[]): Assembly {
  return {
    windowSeconds: WINDOW_SECONDS,
    keys: () => [KEY],
    joins: (records, next) => next.part && next.record.extra?.[GOES_ON] === 'yes' && records[0]?.part !== true,
    combine: (records) => combine(records, codeFields),
  };
}
