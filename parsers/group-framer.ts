/**
 * Puts lines that belong together into one frame: a first line and those that go on with it, as the format's `roleOf`
 * says. A frame is given out when a line comes that is not part of it, when it is full, or at an empty line where that
 * ends a whole one; at the end of the stream it is marked, because more of it may be missing. Its text has one LF between its
 * lines, whatever the PBX printed there.
 */
import type { Frame, GroupFraming } from './types.ts';

/** Cuts the same bytes into lines. */
interface LineSource {
  push(text: string): Frame[];
  end(): Frame[];
  readonly pendingOffset: number;
  readonly pendingLength: number;
}

interface OpenGroup {
  readonly offset: number;
  /** Past the last byte of its last line. */
  end: number;
  text: string;
  lines: number;
}

const LF = 10;
/** Blanks, line ends and padding: what a line without content is made of. */
const HIGHEST_EMPTY_CODE = 32;

export class GroupFramer {
  readonly #lines: LineSource;
  readonly #framing: GroupFraming;
  #group: OpenGroup | undefined;
  /** Offset of the next byte to look at for empty lines. */
  #position: number;
  #isLineEmpty = true;

  constructor(lines: LineSource, framing: GroupFraming, startOffset: number) {
    this.#lines = lines;
    this.#framing = framing;
    this.#position = startOffset;
  }

  get pendingOffset(): number {
    return this.#group?.offset ?? this.#lines.pendingOffset;
  }

  get pendingLength(): number {
    const { pendingOffset, pendingLength } = this.#lines;
    return this.#group === undefined ? pendingLength : pendingOffset + pendingLength - this.#group.offset;
  }

  push(text: string): Frame[] {
    const emptyLines = this.#framing.endsAtEmptyLine ? this.#emptyLinesOf(text) : [];
    const frames: Frame[] = [];
    let next = 0;
    for (const line of this.#lines.push(text)) {
      while (next < emptyLines.length && (emptyLines[next] ?? 0) < line.offset) {
        this.#closeAt(emptyLines[next] ?? 0, frames);
        next++;
      }
      this.#take(line, frames);
    }
    for (; next < emptyLines.length; next++) this.#closeAt(emptyLines[next] ?? 0, frames);
    return frames;
  }

  end(): Frame[] {
    const frames: Frame[] = [];
    for (const line of this.#lines.end()) this.#take(line, frames);
    this.#close(frames, 'stream-ended');
    return frames;
  }

  /** Offsets of the LFs that end a line without content. */
  #emptyLinesOf(text: string): number[] {
    const found: number[] = [];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > HIGHEST_EMPTY_CODE) this.#isLineEmpty = false;
      else if (code === LF) {
        if (this.#isLineEmpty) found.push(this.#position + i);
        this.#isLineEmpty = true;
      }
    }
    this.#position += text.length;
    return found;
  }

  #take(line: Frame, frames: Frame[]): void {
    const role = line.cut === 'too-long' ? 'alone' : this.#framing.roleOf(line.text);
    const group = this.#group;
    if (role === 'more' && group !== undefined && line.offset + line.length - group.offset <= this.#framing.maxBytes) {
      group.text = `${group.text}\n${line.text}`;
      group.end = line.offset + line.length;
      group.lines++;
      if (group.lines === this.#framing.maxLines) this.#close(frames);
      return;
    }
    this.#close(frames);
    if (role === 'alone') frames.push(line);
    else this.#group = { offset: line.offset, end: line.offset + line.length, text: line.text, lines: 1 };
  }

  #closeAt(emptyLine: number, frames: Frame[]): void {
    const group = this.#group;
    if (group === undefined || group.end > emptyLine || this.#framing.isWhole?.(group.text) === false) return;
    this.#close(frames);
  }

  #close(frames: Frame[], cut?: 'stream-ended'): void {
    const group = this.#group;
    if (group === undefined) return;
    this.#group = undefined;
    const { offset, end, text } = group;
    frames.push(
      cut === undefined ? { offset, length: end - offset, text } : { offset, length: end - offset, text, cut },
    );
  }
}
