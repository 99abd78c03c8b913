/**
 * A logo as somebody uploads it: a whole PNG or JPEG of a sensible size, or a word for what is wrong. Checked to the last
 * byte, because the libraries that print it end the program on a broken one. SVG is left out: it can hold scripts and
 * addresses, and spreadsheets cannot show it.
 */
import { crc32, inflateSync } from 'node:zlib';
import { LETTERHEAD_LIMITS, type Logo } from '../../model/letterhead.ts';

/** Keys of `api.field`. */
export type LogoFault = 'logoType' | 'logoBroken' | 'logoBytes' | 'logoPixels';

export function readLogo(bytes: Uint8Array): Logo | LogoFault {
  if (bytes.length > LETTERHEAD_LIMITS.logoBytes) return 'logoBytes';
  const buffer = Buffer.from(bytes);
  const isPng = buffer.subarray(0, 8).equals(PNG_SIGNATURE);
  if (!isPng && !(buffer[0] === 0xff && buffer[1] === 0xd8)) return 'logoType';
  const size = isPng ? pngSize(buffer) : jpegSize(buffer);
  if (size === undefined) return 'logoBroken';
  const { widthPixels, heightPixels } = size;
  if (Math.max(widthPixels, heightPixels) > LETTERHEAD_LIMITS.logoPixels) return 'logoPixels';
  if (isPng && !isPngWhole(buffer, size)) return 'logoBroken';
  return { type: isPng ? 'png' : 'jpeg', bytes, widthPixels, heightPixels };
}

interface ImageSize {
  readonly widthPixels: number;
  readonly heightPixels: number;
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const CHUNK_OVERHEAD = 12;
const HEADER_BYTES = 13;
/** Samples of a pixel by colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
/** First column and row, and steps, of the seven passes of an interlaced image. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

interface PngChunk {
  readonly type: string;
  readonly data: Buffer;
}

/** Undefined where one is cut off or damaged, or the end is missing. */
function pngChunks(file: Buffer): readonly PngChunk[] | undefined {
  const chunks: PngChunk[] = [];
  let at = PNG_SIGNATURE.length;
  while (at + CHUNK_OVERHEAD <= file.length) {
    const length = file.readUInt32BE(at);
    const end = at + CHUNK_OVERHEAD + length;
    if (end > file.length) return undefined;
    if (crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4)) return undefined;
    const type = file.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: file.subarray(at + 8, end - 4) });
    if (type === 'IEND') return chunks;
    at = end;
  }
  return undefined;
}

function pngSize(file: Buffer): ImageSize | undefined {
  const header = pngChunks(file)?.[0];
  if (header?.type !== 'IHDR' || header.data.length !== HEADER_BYTES) return undefined;
  const [widthPixels, heightPixels] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
  return widthPixels === 0 || heightPixels === 0 ? undefined : { widthPixels, heightPixels };
}

/** Every pixel is there, and what colours refer to. */
function isPngWhole(file: Buffer, { widthPixels, heightPixels }: ImageSize): boolean {
  const chunks = pngChunks(file) ?? [];
  const header = chunks[0]?.data ?? Buffer.alloc(HEADER_BYTES);
  const [depth = 0, colour = 0, , , interlace = 0] = header.subarray(8);
  const samples = SAMPLES[colour];
  if (samples === undefined || !(DEPTHS[colour] ?? []).includes(depth) || interlace > 1) return false;
  if (colour === 3 && !chunks.some(({ type, data }) => type === 'PLTE' && data.length > 0 && data.length % 3 === 0)) {
    return false;
  }
  const rowBytes = (width: number): number => Math.ceil((width * samples * depth) / 8) + 1;
  const parts =
    interlace === 0
      ? [[widthPixels, heightPixels] as const]
      : PASSES.map(([x, y, stepX, stepY]) => [part(widthPixels, x, stepX), part(heightPixels, y, stepY)] as const);
  const wanted = parts.reduce((sum, [width, height]) => sum + (width === 0 ? 0 : rowBytes(width) * height), 0);
  try {
    const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
    return inflateSync(packed, { maxOutputLength: wanted + 1 }).length === wanted;
  } catch {
    return false;
  }
}

function part(whole: number, first: number, step: number): number {
  return Math.max(0, Math.ceil((whole - first) / step));
}

/** Start of frame, but for tables of arithmetic coding and reserved ones. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function jpegSize(file: Buffer): ImageSize | undefined {
  if (file.length < 4 || file.readUInt16BE(file.length - 2) !== 0xffd9) return undefined;
  let at = 2;
  while (at + 4 <= file.length) {
    if (file[at] !== 0xff) return undefined;
    const marker = file[at + 1] ?? 0;
    const length = file.readUInt16BE(at + 2);
    if (isFrame(marker)) {
      if (at + 10 > file.length || file[at + 4] !== 8) return undefined;
      const [heightPixels, widthPixels] = [file.readUInt16BE(at + 5), file.readUInt16BE(at + 7)];
      return widthPixels === 0 || heightPixels === 0 ? undefined : { widthPixels, heightPixels };
    }
    // Pixels before the frame that says how many there are.
    if (marker === 0xda || length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}
