/** Why a call has its owner and its price: worked out again on demand, with the tariff that priced it. */
import { createAssembler } from '../../parsers/assembler.ts';
import type { FormatDefinition } from '../../parsers/types.ts';
import type { NearCode } from '../attribution/directory.ts';
import { FormatCatalogue } from '../formats/catalogue.ts';
import { type CallId, sourceIdOf, sourceOffsetOf } from '../model/call.ts';
import type { CallRecord } from '../model/call-record.ts';
import type { PriceStep } from '../rating/explain.ts';
import { type TaxSplit, taxInCharge } from '../rating/tax.ts';
import { type CallRow, CallStore, type CallView } from '../store/calls.ts';
import { DailySums, dayNumberOf } from '../store/daily-sums.ts';
import type { Database } from '../store/database.ts';
import { DestinationStore } from '../store/destinations.ts';
import type { Journal } from '../store/journal.ts';
import { type SourceRow, SourceStore } from '../store/sources.ts';
import type { TariffVersionRow } from '../store/tariffs.ts';
import { type ExplainedPrice, PriceExplainer } from './explain-price.ts';
import { loadBooker } from './load-booker.ts';
import { printedSeconds } from './stream-reader.ts';

export interface ExplainedLeg {
  readonly sourceOffset: number;
  readonly byteLength: number;
  readonly receivedAtMs: number;
  readonly bytes: Uint8Array;
  readonly extension: string | null;
  readonly durationSeconds: number | null;
  readonly conditionCode: string | null;
}

export interface CallExplanation {
  readonly call: CallView;
  readonly source: SourceRow;
  /** The version that priced it. */
  readonly version: TariffVersionRow | undefined;
  /** Net and tax of the charge; undefined where no version priced the call. */
  readonly tax: TaxSplit | undefined;
  readonly price: ExplainedPrice;
  readonly priceSteps: readonly PriceStep[];
  /** For an unknown code: known codes one slip away. */
  readonly nearestCodes: readonly NearCode[];
  readonly legs: readonly ExplainedLeg[];
  /** As the present format reads the bytes. */
  readonly record: CallRecord;
}

const NEAREST_CODES = 5;

/** Undefined when there is no such call. `language` is that of the destination's name in the price steps. */
export function explainCall(
  db: Database,
  journal: Journal,
  id: CallId,
  language: 'vi' | 'en' = 'en',
): CallExplanation | undefined {
  const calls = new CallStore(db, new DailySums(db));
  const call = calls.get(id);
  const source = new SourceStore(db).get(sourceIdOf(id));
  if (call === undefined || source === undefined) return undefined;
  const legs = legsOf(calls, journal, call);
  const booker = loadBooker(db, new DestinationStore(db));
  const price = new PriceExplainer(db, booker, language).ofStored(call);
  const isPriced = call.tariffVersionId !== null && call.chargeMicro !== null;
  return {
    call,
    source,
    version: isPriced ? price.version : undefined,
    tax: isPriced && price.usable !== undefined ? taxInCharge(price.usable.compiled, call.chargeMicro) : undefined,
    price,
    priceSteps: price.steps,
    nearestCodes:
      call.reason === 'unknown-code' && call.code !== null
        ? booker.rules.directory.nearestCodes(call.code, NEAREST_CODES, dayNumberOf(call.startLocalS))
        : [],
    legs,
    record: recordOf(source, new FormatCatalogue(db).byId(source.formatId), legs),
  };
}

function legsOf(calls: CallStore, journal: Journal, call: CallRow): readonly ExplainedLeg[] {
  const sourceId = sourceIdOf(call.id);
  const stored = calls.legs(call.id);
  const spans =
    stored.length > 0
      ? stored
      : [
          {
            sourceOffset: sourceOffsetOf(call.id),
            byteLength: call.endOffset - sourceOffsetOf(call.id),
            leg: undefined,
          },
        ];
  return spans.map(({ sourceOffset, byteLength, leg }) => {
    const frame = journal.readFrame(sourceId, sourceOffset, byteLength);
    return {
      sourceOffset,
      byteLength,
      receivedAtMs: frame?.receivedAtMs ?? 0,
      bytes: frame?.bytes ?? new Uint8Array(0),
      extension: leg === undefined ? call.extension : (leg.extension ?? null),
      durationSeconds: leg === undefined ? call.talkSeconds : (leg.durationSeconds ?? null),
      conditionCode: leg === undefined ? call.conditionCode : (leg.conditionCode ?? null),
    };
  });
}

function recordOf(source: SourceRow, format: FormatDefinition | undefined, legs: readonly ExplainedLeg[]): CallRecord {
  if (format === undefined) return {};
  const parser = format.create(source.formatOptions);
  const assembler = createAssembler(format, source.formatOptions);
  const context = {};
  let record: CallRecord = {};
  for (const { sourceOffset, byteLength, bytes } of legs) {
    const outcome = parser.parse(Buffer.from(bytes).toString('latin1'), context);
    if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
    const entry = {
      record: outcome.record,
      part: outcome.kind === 'part',
      doubts: outcome.doubts ?? [],
      sourceOffset,
      byteLength,
    };
    record = assembler.push(entry, printedSeconds(outcome.record)).call.record;
  }
  return record;
}
