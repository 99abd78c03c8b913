/**
 * Which format are these bytes? Every format reads a sample with its own framer; what fits, what the dates and clocks
 * prove, and what stays open is said in words (`detect.<kind>` in the locale files translates them).
 */
import type { CallRecord } from '../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../core/model/time.ts';
import { createFramer } from './framer.ts';
import { outcomeOfFrame } from './parse-stream.ts';
import type { DateOrder, FormatDefinition, FormatOptions, Frame, StreamContext } from './types.ts';

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
}

const MAX_BYTES = 256 * 1024;
const MAX_FRAMES = 1000;
const CALLS_TO_BE_SURE = 3;
const MAX_CANDIDATES = 6;
/** Candidates nearer than this to the best leave the choice open. */
const CLEAR_LEAD = 0.1;

interface Reading {
  readonly records: readonly CallRecord[];
  readonly typical: number;
  readonly calls: number;
  readonly parts: number;
  readonly badBefore: number;
  readonly badAfter: number;
  readonly headings: number;
  readonly otherHeadings: number;
  readonly impossibleDates: number;
}

function readFrames(format: FormatDefinition, frames: readonly Frame[], options: FormatOptions): Reading {
  const parser = format.create(options);
  const context: StreamContext = {};
  const records: CallRecord[] = [];
  let [typical, calls, parts, badBefore, badAfter, headings, otherHeadings, impossibleDates] = [0, 0, 0, 0, 0, 0, 0, 0];
  frames.forEach((frame, index) => {
    const outcome = outcomeOfFrame(frame, parser, context);
    switch (outcome.kind) {
      case 'call':
      case 'part':
        records.push(outcome.record);
        if (outcome.kind === 'call') calls++;
        else parts++;
        if (format.isTypical?.(outcome.record) !== false) typical++;
        if (outcome.doubts?.includes('date-impossible') === true) impossibleDates++;
        return;
      case 'noise':
        if (outcome.rule === 'heading') headings++;
        else if (outcome.rule === 'other-heading') otherHeadings++;
        return;
      case 'malformed':
      case 'incomplete':
        // The first frame may begin, and the last one end, in the middle of a record.
        if (index === 0 || index === frames.length - 1) return;
        if (records.length === 0) badBefore++;
        else badAfter++;
    }
  });
  return { records, typical, calls, parts, badBefore, badAfter, headings, otherHeadings, impossibleDates };
}

function framesOf(format: FormatDefinition, text: string): Frame[] {
  const framer = createFramer(format.framing);
  return [...framer.push(text), ...framer.end()].slice(0, MAX_FRAMES);
}

const timeOf = (record: CallRecord): string | undefined => record.end ?? record.start ?? record.answer;

function secondsOf(printed: string): number {
  const parts = partsOfPrinted(printed);
  if (parts === undefined) return 0;
  return daysFromCivil(parts.year ?? 2000, parts.month ?? 1, parts.day ?? 1) * 86400 + parts.secondOfDay;
}

interface OrderFound {
  readonly order: DateOrder;
  readonly isProved: boolean;
  /** What was seen, e.g. the date that only fits this order. */
  readonly example: string;
  readonly reading: Reading;
}

/** The date order that the records prove or suggest; undefined when the order changes nothing (ISO dates, no dates). */
function findDateOrder(format: FormatDefinition, frames: readonly Frame[], base: Reading): OrderFound | undefined {
  const usual = format.defaults.dateOrder ?? 'DMY';
  const others: readonly DateOrder[] = usual.length === 2 ? ['MD', 'DM'] : ['DMY', 'MDY', 'YMD', 'YDM'];
  const orders: readonly DateOrder[] = [usual, ...others.filter((order) => order !== usual)];
  const tried = orders.map((order) => {
    const reading = order === usual ? base : readFrames(format, frames, { dateOrder: order });
    const times = reading.records.map(timeOf);
    const known = times.filter((time) => time !== undefined);
    let backSteps = 0;
    const moments = known.map(secondsOf);
    for (let i = 1; i < moments.length; i++) {
      if ((moments[i] ?? 0) < (moments[i - 1] ?? 0) - 86400) backSteps++;
    }
    // Read in the wrong order, neighbouring days lie a month apart.
    const spanSeconds =
      moments.reduce((max, at) => Math.max(max, at), 0) -
      moments.reduce((min, at) => Math.min(min, at), moments[0] ?? 0);
    const years = new Set(known.map((time) => time.slice(0, 4))).size;
    return {
      order,
      reading,
      times,
      years,
      backSteps,
      spanSeconds,
      example: (known.find((time) => Number(time.slice(8, 10)) > 12) ?? known[0] ?? '').slice(0, 10),
    };
  });
  const [first] = tried;
  if (first === undefined) return undefined;
  if (tried.every((one) => one.times.join() === first.times.join())) return undefined;
  const costOf = (one: (typeof tried)[number]): number => one.reading.impossibleDates + one.years - 1;
  const possible = tried.filter((one) => one.reading.records.length > one.reading.impossibleDates);
  const best = possible.toSorted(
    (a, b) => costOf(a) - costOf(b) || a.backSteps - b.backSteps || a.spanSeconds - b.spanSeconds,
  )[0];
  if (best === undefined) return undefined;
  // With the year last, a day above 12 decides between day and month; a year in front shows by years that jump about.
  const isYearInFront = best.order.startsWith('Y');
  const isProved = possible.every(
    (one) =>
      one === best ||
      (isYearInFront ? costOf(one) > costOf(best) : one.order.startsWith('Y')) ||
      one.reading.impossibleDates > best.reading.impossibleDates + Math.min(1, best.reading.impossibleDates),
  );
  return { order: best.order, isProved, example: best.example, reading: best.reading };
}

interface OverlapTest {
  readonly pairs: number;
  readonly ifStart: number;
  readonly ifEnd: number;
}

/** A trunk carries one call at a time: how often do consecutive calls of one trunk overlap under each reading? */
export function testOverlaps(records: readonly CallRecord[]): OverlapTest {
  const lastByTrunk = new Map<string, { at: number; duration: number }>();
  let [pairs, ifStart, ifEnd] = [0, 0, 0];
  for (const record of records) {
    const printed = timeOf(record);
    const duration = record.durationSeconds ?? 0;
    if (printed === undefined || record.trunk === undefined || duration === 0 || record.transferred === true) continue;
    const at = secondsOf(printed);
    const last = lastByTrunk.get(record.trunk);
    if (last !== undefined) {
      pairs++;
      if (at < last.at + last.duration - 60) ifStart++;
      if (at - duration < last.at - 60) ifEnd++;
    }
    lastByTrunk.set(record.trunk, { at, duration });
  }
  return { pairs, ifStart, ifEnd };
}

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

function candidateOf(
  format: FormatDefinition,
  text: string,
): { candidate: DetectionCandidate; calls: number } | undefined {
  const frames = framesOf(format, text);
  const base = readFrames(format, frames, {});
  if (base.records.length === 0) return undefined;
  const found = findDateOrder(format, frames, base);
  const reading = found?.reading ?? base;
  const total = reading.records.length;
  const misfits = reading.badAfter + reading.badBefore * 0.2 + (total - reading.typical) * 0.5;
  const fit = total / (total + misfits);
  if (fit < 0.3) return undefined;

  const reasons: DetectionReason[] = [
    { kind: 'lines-fit', values: { fit: total, misfit: reading.badAfter + reading.badBefore } },
  ];
  const openQuestions: DetectionReason[] = [];
  const options: Record<string, string> = {};
  let confidence = (fit * total) / (total + 0.5) - 0.15;

  if (reading.headings > 0) {
    confidence += 0.15;
    reasons.push({ kind: 'heading-seen', values: { count: reading.headings } });
  } else if (reading.otherHeadings > 0) confidence -= 0.2;

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

  const overlaps = testOverlaps(reading.records);
  if (format.defaults.timeIs !== undefined && overlaps.pairs >= 20) {
    const timeIs =
      overlaps.ifEnd === 0 && overlaps.ifStart >= 2
        ? 'end'
        : overlaps.ifStart === 0 && overlaps.ifEnd >= 2
          ? 'start'
          : undefined;
    if (timeIs !== undefined) {
      options['timeIs'] = timeIs;
      reasons.push({
        kind: `time-is-${timeIs}`,
        values: { pairs: overlaps.pairs, overlaps: Math.max(overlaps.ifStart, overlaps.ifEnd) },
      });
      if (timeIs === format.defaults.timeIs) confidence += 0.03;
    }
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
  return {
    calls: total,
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

/** Ranks the formats that read these bytes (one character per byte). Reads at most the first 256 KiB. */
export function detect(text: string, formats: readonly FormatDefinition[]): Detection {
  const sample = text.slice(0, MAX_BYTES);
  const lines = createFramer({ kind: 'line', maxBytes: 4096 });
  const linesSeen = [...lines.push(sample), ...lines.end()].filter((frame) => frame.text.trim() !== '').length;
  const found = formats
    .map((format) => candidateOf(format, sample))
    .filter((one) => one !== undefined)
    .sort((a, b) => b.candidate.confidence - a.candidate.confidence)
    .slice(0, MAX_CANDIDATES);
  const [best, second] = found;
  if (best === undefined) return { linesSeen, isSure: false, candidates: [] };
  const lead = best.candidate.confidence - (second?.candidate.confidence ?? 0);
  const isTie = second !== undefined && lead < CLEAR_LEAD;
  if (isTie) best.candidate.openQuestions.push({ kind: 'tie', values: { title: second.candidate.title } });
  const isSure = !isTie && best.calls >= CALLS_TO_BE_SURE && best.candidate.confidence >= 0.6;
  return { linesSeen, isSure, candidates: found.map((one) => one.candidate) };
}
