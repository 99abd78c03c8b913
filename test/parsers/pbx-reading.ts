/** What one format makes of a text, as records and as calls. */

import type { AssembledCall } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import type { FormatDefinition, FormatOptions, ParseOutcome } from '../../parsers/types.ts';

export function formatOf(id: string): FormatDefinition {
  const format = formatById(id);
  if (format === undefined) throw new Error(`no format ${id}`);
  return format;
}

const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

export function outcomesOf(id: string, text: string, options: FormatOptions = {}): readonly ParseOutcome[] {
  return parseText(formatOf(id), options, bytesOf(text)).map(({ outcome }) => outcome);
}

/** The only record of the text. */
export function recordOf(id: string, text: string, options: FormatOptions = {}): CallRecord {
  const found = outcomesOf(id, text, options).filter((outcome) => outcome.kind === 'call');
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} records in ${text}`);
  return first.record;
}

/** The calls of the text, each as its last record left it. */
export function callsOf(id: string, text: string, options: FormatOptions = {}): readonly AssembledCall[] {
  const format = formatOf(id);
  const assembler = createAssembler(format, options);
  const calls = new Map<number, AssembledCall>();
  for (const { outcome, offset, length } of parseText(format, options, bytesOf(text))) {
    if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
    const { record, doubts = [], kind } = outcome;
    const entry = { record, part: kind === 'part', doubts, sourceOffset: offset, byteLength: length };
    const step = assembler.push(entry, comparableSeconds(record.end ?? record.start));
    calls.set(step.firstOffset, step.call);
  }
  return [...calls.values()];
}

/** The only call of the text. */
export function callOf(id: string, text: string, options: FormatOptions = {}): AssembledCall {
  const [first, ...others] = callsOf(id, text, options);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + 1} calls`);
  return first;
}
