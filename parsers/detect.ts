/**
 * Which format are these bytes? Every format reads a part of the sample with its own framer; those that read it well read
 * all of it, also with their own options set otherwise. What fits, what the dates and clocks prove, and what stays open is
 * said in words (`detect.<kind>` in the locale files translates them).
 */
import type { CallRecord } from '../core/model/call-record.ts';
import { FramedSample, fitOf, type Reading, readFrames } from './detection/reading.ts';
import { faultReason, findSerialFault, type SerialFault, withoutFault } from './detection/serial-line.ts';
import { findDateOrder, testOverlaps } from './detection/times.ts';
import type { FormatDefinition, FormatOptions, Frame } from './types.ts';

export interface DetectionReason {
  kind: string;
  values: Record<string, string | number>;
}
export interface DetectionCandidate {
  formatId: string;
  title: string;
  /** 0..1 */
  confidence: number;
  reasons: DetectionReason[];
  options: Record<string, string>;
  openQuestions: DetectionReason[];
}
export interface Detection {
  linesSeen: number;
  isSure: boolean;
  /** Best first. */
  candidates: DetectionCandidate[];
  /** What the bytes say of a serial port that is set otherwise than the PBX; null: nothing. */
  lineFault: DetectionReason | null;
}

const MAX_BYTES = 2 ** 20;
const MAX_FRAMES = 10_000;
/** By so much at either end a format is taken up or left out; enough for a page with its heading. */
const LOOK_BYTES = 24_576;
const LOOK_FRAMES = 80;
/** Enough to tell what a serial port made of the line. */
const LINE_BYTES = 16_384;
const MIN_FIT = 0.3;
/** Only these many are read whole: more never come near the first. */
const MAX_READ_WHOLE = 8;
const SURE_CONFIDENCE = 0.6;
/** Of a heading alone: other pages of the maker may have the same. */
const HEADING_CONFIDENCE = 0.2;
/** Consecutive calls of one trunk that tell start from end. */
const PAIRS_TO_BE_SURE = 20;
const CALLS_TO_BE_SURE = 3;
const MAX_CANDIDATES = 6;
/** Candidates nearer than this to the best leave the choice open. */
const CLEAR_LEAD = 0.1;

/** `PM` and its like touch the clock; the Russian letters stand in CP866 or UTF-8. */
const TWELVE_HOUR = /\d:\d\d ?(?:[AP]M\b|[\x84\x8f]\x8f|\xd0[\x94\x9f]\xd0\x9f)/;

/** A 12-hour clock always prints its half of the day, so its absence is a 24-hour clock. */
function clockOf(format: FormatDefinition, frames: readonly Frame[]): '12h' | '24h' | undefined {
  if (format.defaults.clock === undefined) return undefined;
  return frames.some((frame) => TWELVE_HOUR.test(frame.text)) ? '12h' : '24h';
}

/** How many records prove that the clock is UTC; 0 when one proves another zone. */
function utcProofs(format: FormatDefinition, records: readonly CallRecord[]): number {
  const offsets = records.map((record) => format.utcOffsetMinutes?.(record)).filter((offset) => offset !== undefined);
  return offsets.every((offset) => offset === 0) ? offsets.length : 0;
}

/** Settings of the format's own that may change how lines are read: each choice alone, and what the lines suggest. */
function trialsOf(format: FormatDefinition, frames: readonly Frame[]): FormatOptions[] {
  const trials = format.options.flatMap((option): FormatOptions[] => {
    const choices = option.kind === 'boolean' ? ['true', 'false'] : (option.choices ?? []);
    return choices.filter((choice) => choice !== option.default).map((choice) => ({ [option.name]: choice }));
  });
  const proposed = format.proposeOptions?.(frames.map((frame) => frame.text));
  return proposed === undefined ? trials : [proposed, ...trials];
}

interface Tuned {
  readonly options: FormatOptions;
  readonly reading: Reading;
  /** Records read with every option as it is by itself. */
  readonly recordsByDefault: number;
}

/** The settings with which the format reads most; its own defaults unless others read more. */
function tune(format: FormatDefinition, frames: readonly Frame[]): Tuned {
  const scoreOf = (reading: Reading): number => fitOf(reading) * reading.records.length;
  const byDefault = readFrames(format, frames, {});
  let best = { options: {} as FormatOptions, reading: byDefault };
  if (fitOf(byDefault) < 1) {
    for (const options of trialsOf(format, frames)) {
      const reading = readFrames(format, frames, { ...best.options, ...options });
      if (scoreOf(reading) > scoreOf(best.reading)) best = { options: { ...best.options, ...options }, reading };
    }
  }
  return { ...best, recordsByDefault: byDefault.records.length };
}

interface Found {
  readonly format: FormatDefinition;
  readonly candidate: DetectionCandidate;
  readonly calls: number;
  /** Facts a record carries, on the average: of two formats that read all lines, the one that reads more of them is it. */
  readonly factsPerRecord: number;
}

function readAll(format: FormatDefinition, sample: FramedSample, tuned: Tuned): Found | undefined {
  const frames = sample.frames(format.framing);
  const base = readFrames(format, frames, tuned.options);
  if (base.records.length === 0) return undefined;
  const found = findDateOrder(format, frames, tuned.options, base);
  const reading = found?.reading ?? base;
  const total = reading.records.length;
  const fit = fitOf(reading);
  if (fit < MIN_FIT) return undefined;

  const reasons: DetectionReason[] = [
    { kind: 'lines-fit', values: { fit: total, misfit: reading.badAfter + reading.badBefore } },
  ];
  const openQuestions: DetectionReason[] = [];
  const options: Record<string, string> = { ...tuned.options };
  let confidence = (fit * total) / (total + 0.5) - 0.15;

  if (reading.headings > 0) {
    confidence += 0.15;
    reasons.push({ kind: 'heading-seen', values: { count: reading.headings } });
  } else if (reading.otherHeadings > 0) confidence -= 0.2;
  for (const [option, value] of Object.entries(tuned.options)) {
    const values = { option, value, count: tuned.reading.records.length, without: tuned.recordsByDefault };
    reasons.push({ kind: 'option-fits', values });
  }

  if (found !== undefined) {
    options['dateOrder'] = found.order;
    if (found.isProved)
      reasons.push({ kind: 'date-order-proved', values: { order: found.order, example: found.example } });
    else openQuestions.push({ kind: 'date-order-open', values: { order: found.order } });
    if (found.order === format.defaults.dateOrder) confidence += 0.03;
  }
  const clock = clockOf(format, frames);
  if (clock !== undefined) {
    options['clock'] = clock;
    reasons.push({ kind: clock === '12h' ? 'clock-12h' : 'clock-24h', values: {} });
    if (clock === format.defaults.clock) confidence += 0.03;
  }
  const meaning = timeMeaningOf(format, reading.records);
  if (meaning?.reason !== undefined) {
    options['timeIs'] = meaning.timeIs;
    reasons.push(meaning.reason);
    if (meaning.timeIs === format.defaults.timeIs) confidence += 0.03;
  } else if (meaning !== undefined && format.confidence !== 'proved') {
    openQuestions.push({ kind: `time-is-open-${meaning.timeIs}`, values: {} });
  }
  const proofs = utcProofs(format, reading.records);
  if (proofs >= CALLS_TO_BE_SURE) {
    options['timeZone'] = 'UTC';
    reasons.push({ kind: 'clock-is-utc', values: { count: proofs } });
  }
  if (total < CALLS_TO_BE_SURE)
    openQuestions.push({ kind: 'too-few-lines', values: { seen: total, needed: CALLS_TO_BE_SURE } });
  if (reading.records.every((record) => record.direction === 'internal'))
    openQuestions.push({ kind: 'only-internal', values: {} });
  const codes = reading.records.filter((record) => (record.accountCode ?? record.authCode) !== undefined).length;
  if (codes > 0) reasons.push({ kind: 'codes-seen', values: { count: codes } });
  else if (format.codeFields.length > 0) openQuestions.push({ kind: 'no-code-seen', values: {} });
  return {
    format,
    calls: total,
    factsPerRecord: reading.records.reduce((sum, record) => sum + Object.keys(record).length, 0) / total,
    candidate: {
      formatId: format.id,
      title: format.title,
      confidence: Math.round(Math.max(0, Math.min(1, confidence)) * 100) / 100,
      reasons,
      options,
      openQuestions,
    },
  };
}

/** A page of which only the heading was seen yet. */
function byHeading(format: FormatDefinition, { headings }: Reading): Found {
  return {
    format,
    calls: 0,
    factsPerRecord: 0,
    candidate: {
      formatId: format.id,
      title: format.title,
      confidence: HEADING_CONFIDENCE,
      reasons: [{ kind: 'heading-seen', values: { count: headings } }],
      options: {},
      openQuestions: [{ kind: 'too-few-lines', values: { seen: 0, needed: CALLS_TO_BE_SURE } }],
    },
  };
}

/** Start or end of the call, as the trunks prove it; without a reason it is what the format says by itself. */
function timeMeaningOf(
  format: FormatDefinition,
  records: readonly CallRecord[],
): { readonly timeIs: 'start' | 'answer' | 'end'; readonly reason?: DetectionReason } | undefined {
  const usual = format.defaults.timeIs;
  if (usual === undefined) return undefined;
  const { pairs, ifStart, ifEnd } = testOverlaps(records);
  const isProved = pairs >= PAIRS_TO_BE_SURE && Math.min(ifStart, ifEnd) === 0 && Math.max(ifStart, ifEnd) >= 2;
  if (!isProved) return { timeIs: usual };
  const timeIs = ifEnd === 0 ? 'end' : 'start';
  return { timeIs, reason: { kind: `time-is-${timeIs}`, values: { pairs, overlaps: Math.max(ifStart, ifEnd) } } };
}

/** The beginning and the end of the sample: garbage may stand in front, and cutting all of it for each format takes long. */
class Look {
  readonly #parts: readonly FramedSample[];

  constructor(text: string) {
    const isShort = text.length <= 2 * LOOK_BYTES;
    const parts = isShort ? [text] : [text.slice(0, LOOK_BYTES), fromLineStart(text.slice(-LOOK_BYTES))];
    this.#parts = parts.map((part) => new FramedSample(part, isShort ? 2 * LOOK_FRAMES : LOOK_FRAMES));
  }

  frames(format: FormatDefinition): readonly Frame[] {
    return this.#parts.flatMap((part) => part.frames(format.framing));
  }
}

/** Without the rest of the line it begins in. */
function fromLineStart(text: string): string {
  return text.slice(text.search(/[\r\n]/) + 1);
}

/**
 * Ranks the formats that read these bytes (one character per byte). Reads at most the first 1 MiB. Bytes that a wrongly
 * set serial port made are said to be that, and never give a sure answer.
 */
export function detect(text: string, formats: readonly FormatDefinition[]): Detection {
  const sample = text.slice(0, MAX_BYTES);
  const found = rank(sample, formats);
  const fault = found.isSure ? undefined : lineFaultOf(sample);
  if (fault === undefined) return { ...found, lineFault: null };
  const undone = withoutFault(sample, fault);
  const lineFault = faultReason(fault);
  return undone === undefined ? { ...found, lineFault } : { ...rank(undone, formats), isSure: false, lineFault };
}

/** What the first bytes say of the serial port that gave them. */
export function lineFaultOf(text: string): SerialFault | undefined {
  return findSerialFault(text.slice(0, LINE_BYTES));
}

function rank(text: string, formats: readonly FormatDefinition[]): Omit<Detection, 'lineFault'> {
  const sample = new FramedSample(text, MAX_FRAMES);
  const lines = sample.frames({ kind: 'line', maxBytes: 4096 });
  const linesSeen = lines.filter((frame) => frame.text.trim() !== '').length;
  const beginning = new Look(text);
  const looks = formats.map((format) => {
    const tuned = tune(format, beginning.frames(format));
    return { format, tuned, reading: tuned.reading };
  });
  const fitting = looks
    .filter(({ reading }) => fitOf(reading) >= MIN_FIT)
    .sort((a, b) => fitOf(b.reading) - fitOf(a.reading))
    .slice(0, MAX_READ_WHOLE);
  const read = fitting.map(({ format, tuned }) => readAll(format, sample, tuned)).filter((one) => one !== undefined);
  const headed = looks.filter(({ reading }) => reading.records.length === 0 && reading.headings > 0);
  const found = (read.length > 0 ? read : headed.map(({ format, reading }) => byHeading(format, reading)))
    .sort((a, b) => b.candidate.confidence - a.candidate.confidence || b.factsPerRecord - a.factsPerRecord)
    .slice(0, MAX_CANDIDATES);
  const [best, second] = found;
  if (best === undefined) return { linesSeen, isSure: false, candidates: [] };
  const lead = best.candidate.confidence - (second?.candidate.confidence ?? 0);
  const isTie = second !== undefined && lead < CLEAR_LEAD;
  if (isTie) best.candidate.openQuestions.push({ kind: 'tie', values: { title: second.candidate.title } });
  const isSure = !isTie && best.calls >= CALLS_TO_BE_SURE && best.candidate.confidence >= SURE_CONFIDENCE;
  return { linesSeen, isSure, candidates: found.map((one) => one.candidate) };
}
