/** Lines of a format to records, and records to calls, as the tests of several small families need them. */
import { printedSeconds } from '../../core/ingest/stream-reader.ts';
import type { AssembledCall } from '../../core/model/call.ts';
import { type AssemblerState, createAssembler } from '../../parsers/assembler.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import type { FormatDefinition, FormatOptions, ParseOutcome } from '../../parsers/types.ts';

export function formatOf(id: string): FormatDefinition {
  const found = formatById(id);
  if (found === undefined) throw new Error(`no format ${id}`);
  return found;
}

export function outcomesOf(id: string, text: string, options: FormatOptions = {}): ParseOutcome[] {
  return parseText(formatOf(id), options, text).map(({ outcome }) => outcome);
}

/** The record of a text that is one. */
export function recordOf(id: string, text: string, options: FormatOptions = {}): Readonly<Record<string, unknown>> {
  const [outcome, ...others] = outcomesOf(id, text, options);
  if (others.length > 0 || (outcome?.kind !== 'call' && outcome?.kind !== 'part')) {
    throw new Error(`not one record: ${JSON.stringify([outcome, ...others])}`);
  }
  return { ...outcome.record };
}

/** Calls in the order in which they began, each as its last record left it; malformed text fails. */
export function callsOf(id: string, text: string, options: FormatOptions = {}, isRestarted = false): AssembledCall[] {
  const format = formatOf(id);
  let assembler = createAssembler(format, options);
  const calls = new Map<number, AssembledCall>();
  for (const { offset, length, outcome } of parseText(format, options, text)) {
    if (outcome.kind === 'noise') continue;
    if (outcome.kind !== 'call' && outcome.kind !== 'part') throw new Error(`not a record: ${JSON.stringify(outcome)}`);
    const { record, doubts = [] } = outcome;
    const entry = { record, part: outcome.kind === 'part', doubts, sourceOffset: offset, byteLength: length };
    const step = assembler.push(entry, printedSeconds(record));
    calls.set(step.firstOffset, step.call);
    if (isRestarted) {
      assembler = createAssembler(format, options, JSON.parse(JSON.stringify(assembler.save())) as AssemblerState);
    }
  }
  return [...calls.values()];
}
