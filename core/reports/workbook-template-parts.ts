/**
 * The parts of an uploaded workbook, unpacked with care: what a zip says of its sizes is looked at before anything is
 * unpacked, and holds while it is.
 */
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';

export const TEMPLATE_BYTES_LIMIT = 2 * 1024 * 1024;
const UNPACKED_BYTES_LIMIT = 12 * 1024 * 1024;
const PARTS_LIMIT = 300;

/** Keys of `api.field`. */
export type PartsFault =
  | 'templateBytes'
  | 'templateLocked'
  | 'templateType'
  | 'templateMacros'
  | 'templateUnpacked'
  | 'templateBroken';

const ZIP_START = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** Old workbooks, and those with a password. */
const COMPOUND_START = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
/** Sheets, formats and pictures; everything else is left packed. */
const WANTED = /^(?:\[Content_Types\]\.xml|xl\/.+\.(?:xml|rels|png|jpe?g))$/i;

export async function unpackParts(bytes: Uint8Array): Promise<ReadonlyMap<string, Buffer> | PartsFault> {
  if (bytes.length > TEMPLATE_BYTES_LIMIT) return 'templateBytes';
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.subarray(0, 4).equals(COMPOUND_START)) return 'templateLocked';
  if (!file.subarray(0, 4).equals(ZIP_START)) return 'templateType';
  try {
    const zip = await fromBufferPromise(file, { lazyEntries: true });
    const entries = await entriesOf(zip);
    if (entries.some(({ fileName }) => /vbaProject|macrosheets|activeX/i.test(fileName))) return 'templateMacros';
    const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (entries.length > PARTS_LIMIT || unpacked > UNPACKED_BYTES_LIMIT) return 'templateUnpacked';
    const parts = new Map<string, Buffer>();
    for (const entry of entries) {
      if (WANTED.test(entry.fileName)) parts.set(entry.fileName, await contentOf(zip, entry));
    }
    if (/macroEnabled/i.test(parts.get('[Content_Types].xml')?.toString('utf8') ?? '')) return 'templateMacros';
    return parts.has('xl/workbook.xml') ? parts : 'templateType';
  } catch {
    return 'templateBroken';
  }
}

async function entriesOf(zip: ZipFile): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    if (entries.length > PARTS_LIMIT) break;
  }
  return entries;
}

/** Rejects where the part is longer or shorter than the zip says. */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
