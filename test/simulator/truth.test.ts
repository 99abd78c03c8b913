import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import type { TrueCall } from '../../core/simulator/encoder.ts';
import { encoders } from '../../core/simulator/encoders/index.ts';
import { createOffice } from '../../core/simulator/office.ts';
import { codeDigitsOf, openingOf, simulateRecords } from '../../core/simulator/simulate.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById, formats } from '../../parsers/registry.ts';
import type { FormatDefinition, ParseOutcome } from '../../parsers/types.ts';

/** 2026-11-16 08:00 on the office's wall clock. */
const FROM = daysFromCivil(2026, 11, 16) * 86400 + 8 * 3600;
const COUNT = 300;
const SEEDS = [1, 2026] as const;
const spoken = encoders.flatMap((encoder) => encoder.formatIds);
const spokenFormats = formats.filter((format) => spoken.includes(format.id));
/** Vendors whose pages hold too little for a whole call, each with its reason. */
const WITHOUT_ENCODER = new Set<string>([
  // One printed tag without a place for a code.
  'Sangoma',
  // Described in JSON from a few public lines, outgoing calls mostly; no document says how the rest is printed.
  'Multicom',
  'Telrad',
  'Datatex',
]);
/** Pages without a column for a code. */
const WITHOUT_CODES = new Set(['lg-gps6a', 'karel-ms']);

interface Printed {
  readonly text: string;
  /** In the order in which the last records of the calls are printed. */
  readonly truths: readonly TrueCall[];
}

function print(formatId: string, seed: number): Printed {
  const codeDigits = codeDigitsOf(formatId);
  const office = createOffice(seed, codeDigits === undefined ? {} : { codeDigits });
  const outputs = [
    ...simulateRecords(office, formatId, {
      seed,
      count: COUNT,
      fromLocalSeconds: FROM,
      meanSecondsBetweenCalls: 90,
      isOfficeHoursOnly: true,
    }),
  ];
  const text = outputs.map(({ record }) => record.text).join('');
  const truths = outputs.flatMap(({ truth }) => (truth === undefined ? [] : [truth]));
  return { text: openingOf(formatId) + text, truths };
}

function localSeconds(printed: string | undefined): number | undefined {
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  if (parts?.month === undefined || parts.day === undefined) return undefined;
  return daysFromCivil(parts.year ?? 2026, parts.month, parts.day) * 86400 + parts.secondOfDay;
}

interface Read {
  readonly refused: readonly ParseOutcome[];
  readonly calls: readonly AssembledCall[];
}

/** Calls in the order in which their last records came: the order of the truth. */
function read(format: FormatDefinition, text: string): Read {
  const assembler = createAssembler(format, {});
  const refused: ParseOutcome[] = [];
  const calls = new Map<number, AssembledCall>();
  for (const { outcome, offset, length } of parseText(format, {}, text)) {
    if (outcome.kind === 'malformed' || outcome.kind === 'incomplete') refused.push(outcome);
    if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
    const entry = {
      record: outcome.record,
      part: outcome.kind === 'part',
      doubts: outcome.doubts ?? [],
      sourceOffset: offset,
      byteLength: length,
    };
    const { record } = outcome;
    const step = assembler.push(entry, localSeconds(record.end ?? record.start ?? record.answer));
    calls.delete(step.firstOffset);
    calls.set(step.firstOffset, step.call);
  }
  return { refused, calls: [...calls.values()] };
}

const told = (call: AssembledCall) => ({
  direction: call.direction,
  answered: call.answered,
  talkSeconds: call.talkSeconds,
  extension: call.record.extension ?? '',
  code: call.code ?? '',
  outsideNumber: call.outsideNumber ?? '',
});
const expected = (truth: TrueCall) => ({
  direction: truth.direction,
  answered: truth.isAnswered,
  talkSeconds: truth.talkSeconds,
  extension: truth.extension,
  code: truth.code,
  outsideNumber: truth.outsideNumber,
});

describe('the simulator', () => {
  it('speaks only formats that Tollbook reads, none twice, and at least one of every vendor with documented pages', () => {
    expect(new Set(spoken).size).toBe(spoken.length);
    expect(spoken.filter((id) => formatById(id)?.id !== id)).toEqual([]);
    const vendors = new Set(formats.filter(({ vendor }) => !WITHOUT_ENCODER.has(vendor)).map(({ vendor }) => vendor));
    for (const id of spoken) vendors.delete(formatById(id)?.vendor ?? '');
    expect([...vendors]).toEqual([]);
  });

  it('prints the same bytes for the same seed and others for another', () => {
    expect(print('lg-ldk', 7).text).toBe(print('lg-ldk', 7).text);
    expect(print('lg-ldk', 7).text).not.toBe(print('lg-ldk', 8).text);
  });
});

describe.each(spokenFormats.map((format) => [format.id, format] as const))('%s', (id, format) => {
  it.each(SEEDS)('reads back every simulated call as it was (seed %i)', (seed) => {
    const { text, truths } = print(id, seed);
    const { refused, calls } = read(format, text);
    expect(refused).toEqual([]);
    expect(truths.length).toBeGreaterThan(COUNT * 0.7);
    const withCode = truths.filter((truth) => truth.code !== '').length;
    expect(withCode > COUNT * 0.4).toBe(!WITHOUT_CODES.has(format.id));
    expect(calls.map(told)).toEqual(truths.map(expected));
  });
});
