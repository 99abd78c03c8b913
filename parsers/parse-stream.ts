/** Framer and parser of one format together: bytes in, outcomes with their spans out. */
import { createFramer } from './framer.ts';
import type { FormatDefinition, FormatOptions, Frame, FrameParser, ParseOutcome, StreamContext } from './types.ts';

/**
 * What a span of the stream is. Spans follow each other without a gap: each reaches to the first byte of the next
 * frame's content, so their lengths add up to the input's.
 */
export interface StreamOutcome {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
  readonly outcome: ParseOutcome;
}

/** The outcome of one frame; one that the framer cut at its maximum is damaged whatever it says. */
export function outcomeOfFrame(frame: Frame, parser: FrameParser, context: StreamContext): ParseOutcome {
  if (frame.cut === 'too-long' || frame.cut === 'unframed') return { kind: 'malformed', reason: frame.cut };
  return parser.parse(frame.text, context);
}

export interface StreamParser {
  /** Outcomes whose spans are known to be over; the last one waits for the next frame's first byte. */
  push(text: string): StreamOutcome[];
  end(): StreamOutcome[];
}

export function createStreamParser(format: FormatDefinition, options: FormatOptions): StreamParser {
  const framer = createFramer(format.framing);
  const parser = format.create(options);
  const context: StreamContext = {};
  let total = 0;
  let held: { readonly offset: number; readonly text: string; readonly outcome: ParseOutcome } | undefined;

  const take = (frames: readonly Frame[]): StreamOutcome[] => {
    const outcomes: StreamOutcome[] = [];
    for (const frame of frames) {
      if (held !== undefined) outcomes.push({ ...held, length: frame.offset - held.offset });
      else if (frame.offset > 0) {
        outcomes.push({ offset: 0, length: frame.offset, text: '', outcome: { kind: 'noise', rule: 'blank' } });
      }
      held = { offset: frame.offset, text: frame.text, outcome: outcomeOfFrame(frame, parser, context) };
    }
    return outcomes;
  };

  return {
    push(text) {
      total += text.length;
      return take(framer.push(text));
    },
    end() {
      const outcomes = take(framer.end());
      if (held !== undefined) outcomes.push({ ...held, length: total - held.offset });
      else if (total > 0) {
        outcomes.push({ offset: 0, length: total, text: '', outcome: { kind: 'noise', rule: 'blank' } });
      }
      return outcomes;
    },
  };
}

/** All outcomes of a whole text (one character per byte). */
export function parseText(format: FormatDefinition, options: FormatOptions, text: string): StreamOutcome[] {
  const parser = createStreamParser(format, options);
  return [...parser.push(text), ...parser.end()];
}
