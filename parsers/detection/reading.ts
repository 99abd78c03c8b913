/** How one format reads a sample: what detection knows of it. */
import type { CallRecord } from '../../core/model/call-record.ts';
import { createFramer } from '../framer.ts';
import { outcomeOfFrame } from '../parse-stream.ts';
import type { FormatDefinition, FormatOptions, Frame, Framing, StreamContext } from '../types.ts';

export interface Reading {
  readonly records: readonly CallRecord[];
  readonly typical: number;
  readonly badBefore: number;
  readonly badAfter: number;
  readonly headings: number;
  readonly otherHeadings: number;
  readonly impossibleDates: number;
}

export function readFrames(format: FormatDefinition, frames: readonly Frame[], options: FormatOptions): Reading {
  const parser = format.create(options);
  const context: StreamContext = {};
  const records: CallRecord[] = [];
  let [typical, badBefore, badAfter, headings, otherHeadings, impossibleDates] = [0, 0, 0, 0, 0, 0];
  frames.forEach((frame, index) => {
    const outcome = outcomeOfFrame(frame, parser, context);
    switch (outcome.kind) {
      case 'call':
      case 'part':
        records.push(outcome.record);
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
  return { records, typical, badBefore, badAfter, headings, otherHeadings, impossibleDates };
}

/** Share of the lines that this format reads as it should, 0 to 1. Garbage in front of the first record counts little. */
export function fitOf(reading: Reading): number {
  const total = reading.records.length;
  const misfits = reading.badAfter + reading.badBefore * 0.2 + (total - reading.typical) * 0.5;
  return total === 0 ? 0 : total / (total + misfits);
}

/** Frames of a text, cut once for all formats with the same framing. */
export class FramedSample {
  readonly #text: string;
  readonly #maxFrames: number;
  /** By what the framing says; one with a function or pattern of its own only by itself. */
  readonly #byFraming = new Map<string | Framing, readonly Frame[]>();

  constructor(text: string, maxFrames: number) {
    this.#text = text;
    this.#maxFrames = maxFrames;
  }

  frames(framing: Framing): readonly Frame[] {
    const name = framing.kind === 'group' || framing.kind === 'lines' ? framing : JSON.stringify(framing);
    const known = this.#byFraming.get(name);
    if (known !== undefined) return known;
    const framer = createFramer(framing);
    const frames = [...framer.push(this.#text), ...framer.end()].slice(0, this.#maxFrames);
    this.#byFraming.set(name, frames);
    return frames;
  }
}
