/** The two lines of one Karel call: the first has its counter, and the stream gave the counter to the second. */
import type { AssembledCall } from '../../core/model/call.ts';
import { assembleSingle } from '../assembly.ts';
import type { Assembly, AssemblyRecord } from '../types.ts';

/** The first line has no time, so no window can be measured; only the second line takes its counter from the first. */
const WINDOW_SECONDS = Number.POSITIVE_INFINITY;

function combine(records: readonly AssemblyRecord[]): AssembledCall {
  const main = records.find(({ part }) => !part) ?? records[0];
  if (main === undefined) throw new RangeError('a call has at least one record');
  const call = assembleSingle(main, []);
  return main.part ? { ...call, doubts: [...call.doubts, 'leg-missing'] } : call;
}

export const karelAssembly: Assembly = {
  windowSeconds: WINDOW_SECONDS,
  keys: ({ callId }) => (callId === undefined ? [] : [`no:${callId}`]),
  joins: (records, next) => records.length === 1 && records[0]?.part === true && !next.part,
  combine,
  isComplete: (records) => records.some(({ part }) => !part),
};
