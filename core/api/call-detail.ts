/** One call with everything known about it: its bytes, its record, why it belongs to its owner and what its price is. */

import { outcomeOfFrame } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import type { AssemblyRecord, FormatDefinition } from '../../parsers/types.ts';
import { buildDirectory } from '../attribution/directory.ts';
import type { Language } from '../i18n/translate.ts';
import { bookableOf } from '../ingest/call-row.ts';
import { compileStored, loadBooker } from '../ingest/load-booker.ts';
import { sourceIdOf, sourceOffsetOf } from '../model/call.ts';
import type { CallRecord } from '../model/call-record.ts';
import { explainCall } from '../rating/explain.ts';
import type { CallView } from '../store/calls.ts';
import { loadDirectory } from '../store/people.ts';
import type { SourceRow } from '../store/sources.ts';
import { callOf } from './call-view.ts';
import type { CallDetail } from './contract.ts';
import { maskCodeIn, showCode } from './masking.ts';
import type { ApiParts } from './parts.ts';
import { codesIn, maskRecord } from './raw-lines.ts';

const NEAREST_CODES = 5;
const SECONDS_PER_DAY = 86_400;

interface Leg {
  readonly sourceOffset: number;
  readonly byteLength: number;
  readonly extension: string | null;
  readonly durationSeconds: number | null;
  readonly conditionCode: string | null;
}

interface ReadLeg {
  readonly leg: Leg;
  readonly text: string;
  readonly receivedAtMs: number;
}

function legsOf({ calls, deps }: ApiParts, call: CallView): readonly ReadLeg[] {
  const stored = calls.legs(call.id).map(
    ({ sourceOffset, byteLength, leg }): Leg => ({
      sourceOffset,
      byteLength,
      extension: leg.extension ?? null,
      durationSeconds: leg.durationSeconds ?? null,
      conditionCode: leg.conditionCode ?? null,
    }),
  );
  const offset = sourceOffsetOf(call.id);
  const itself: Leg = {
    sourceOffset: offset,
    byteLength: call.endOffset - offset,
    extension: call.extension,
    durationSeconds: call.talkSeconds,
    conditionCode: call.conditionCode,
  };
  return (stored.length > 0 ? stored : [itself]).map((leg) => {
    const frame = deps.journal.readFrame(sourceIdOf(call.id), leg.sourceOffset, leg.byteLength);
    return {
      leg,
      text: Buffer.from(frame?.bytes ?? new Uint8Array(0)).toString('latin1'),
      receivedAtMs: frame?.receivedAtMs ?? 0,
    };
  });
}

/** The records read again from the bytes with the source's present format; what it cannot read is left out. */
function readRecords(format: FormatDefinition, source: SourceRow, legs: readonly ReadLeg[]): AssemblyRecord[] {
  const parser = format.create(source.formatOptions);
  const context = {};
  return legs.flatMap(({ leg, text }): AssemblyRecord[] => {
    const content = text.replace(/^[\r\n\0\f]+|[\r\n\0\f]+$/g, '');
    const frame = { offset: leg.sourceOffset, length: leg.byteLength, text: content };
    const outcome = outcomeOfFrame(frame, parser, context);
    if (outcome.kind !== 'call' && outcome.kind !== 'part') return [];
    const { record, doubts = [] } = outcome;
    const { sourceOffset, byteLength } = leg;
    return [{ record, part: outcome.kind === 'part', doubts, sourceOffset, byteLength }];
  });
}

function recordOf(format: FormatDefinition, source: SourceRow, records: readonly AssemblyRecord[]): CallRecord {
  if (records.length > 1 && format.assembly !== undefined) {
    return format.assembly.combine(records, source.formatOptions).record;
  }
  return records[0]?.record ?? {};
}

function priceOf(
  { deps, tariffs }: ApiParts,
  call: CallView,
  language: Language,
): Pick<CallDetail, 'tariffName' | 'priceSteps'> {
  const tariff = call.tariffId === null ? tariffs.active() : tariffs.get(call.tariffId);
  const compiled = tariff === undefined ? undefined : compileStored(tariffs, tariff.id, tariff.name);
  if (tariff === undefined || compiled === undefined) return { tariffName: null, priceSteps: [] };
  const question = loadBooker(deps.db).ratingCallOf(bookableOf(call), compiled);
  const steps = question === undefined ? [] : explainCall(compiled, question, language).explanation;
  return {
    tariffName: call.tariffId === null ? null : tariff.name,
    priceSteps: steps.map((step) => ({ kind: step.kind, values: { ...step.values } })),
  };
}

export function callDetailOf(parts: ApiParts, call: CallView, language: Language): CallDetail {
  const { deps, sources } = parts;
  const mask = parts.mask();
  const source = sources.get(sourceIdOf(call.id));
  const format = source === undefined ? undefined : formatById(source.formatId);
  const legs = legsOf(parts, call);
  const records = source === undefined || format === undefined ? [] : readRecords(format, source, legs);
  const hidden =
    mask === showCode || format === undefined
      ? []
      : [...new Set([...records.flatMap(({ record }) => codesIn(record, format)), ...(call.code ? [call.code] : [])])];
  return {
    ...callOf(call, mask),
    formatId: source?.formatId ?? '',
    sourceName: source?.name ?? '',
    codeField: call.codeField,
    conditionCode: call.conditionCode,
    pbxCost: call.pbxCost,
    billedSeconds: call.billedSeconds,
    ...priceOf(parts, call, language),
    nearestCodes:
      call.code === null || call.reason !== 'unknown-code'
        ? []
        : buildDirectory(loadDirectory(deps.db))
            .nearestCodes(call.code, NEAREST_CODES, Math.floor(call.startLocalS / SECONDS_PER_DAY))
            .map((near) => ({ code: mask(near.code), personName: near.personName })),
    legs: legs.map(({ leg, text, receivedAtMs }) => {
      const rawText = hidden.reduce(maskCodeIn, text);
      return {
        ...leg,
        receivedAtMs,
        rawText,
        rawHex: [...rawText]
          .map((c) => (c === '•' ? '••' : (c.codePointAt(0) ?? 0).toString(16).padStart(2, '0')))
          .join(' '),
      };
    }),
    record: source === undefined || format === undefined ? {} : maskRecord(recordOf(format, source, records), hidden),
  };
}
