/**
 * Reads a CSV or xlsx of unknown making as rows of text. Any separator, any encoding an office in Viet Nam still uses.
 * It does not know what the columns mean.
 */
import { Readable } from 'node:stream';
import { crc32, inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type ExcelJS from 'exceljs';
import { AppError } from '../model/errors.ts';

/** Cells of one row, trimmed, as the file's reader sees them. */
export interface TableRow {
  /** 1 is the first line of the file or sheet. */
  readonly rowNumber: number;
  readonly cells: readonly string[];
  /** Columns whose cells a workbook holds as numbers, where that was asked for. */
  readonly numberCells?: ReadonlySet<number>;
}

export interface TableOptions {
  readonly rowsLimit: number;
  readonly bytesLimit: number;
  readonly separators: readonly string[];
  readonly marksNumbers: boolean;
}

export const FILE_BYTES_LIMIT = 16 * 1024 * 1024;
/** All parts of an xlsx unpacked. A people list of 20,000 rows needs some 15 MB. */
export const UNPACKED_BYTES_LIMIT = 96 * 1024 * 1024;
export const ROWS_LIMIT = 20_000;
const COLUMNS_LIMIT = 200;
const CELL_CHARACTERS_LIMIT = 10_000;

const USUAL: TableOptions = {
  rowsLimit: ROWS_LIMIT,
  bytesLimit: FILE_BYTES_LIMIT,
  separators: [',', ';', '\t'],
  marksNumbers: false,
};

/** Throws `too-large` or `file-not-csv-or-xlsx`. */
export async function readTableFile(
  bytes: Uint8Array,
  options: Partial<TableOptions> = {},
): Promise<readonly TableRow[]> {
  const asked = { ...USUAL, ...options };
  if (bytes.length > asked.bytesLimit) throw tooLarge(asked.bytesLimit / 1024 / 1024, 'MB');
  const rows = startsWith(bytes, [0x50, 0x4b]) ? await readXlsx(bytes, asked) : readCsv(bytes, asked);
  return rows.filter((row) => row.cells.some((cell) => cell !== ''));
}

function tooLarge(limit: number, unit: string): AppError {
  return new AppError('too-large', { limit, unit });
}

function notATable(detail: string, cause?: unknown): AppError {
  return new AppError('file-not-csv-or-xlsx', { detail }, cause);
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte);
}

function cleanCell(text: string): string {
  return text.normalize('NFC').replaceAll('\u00a0', ' ').trim().slice(0, CELL_CHARACTERS_LIMIT);
}

// ---- CSV -------------------------------------------------------------------------------------------------------------

function readCsv(bytes: Uint8Array, { rowsLimit, separators }: TableOptions): readonly TableRow[] {
  const text = decodeText(bytes);
  const hint = /^sep=(.)\r?\n/i.exec(text);
  const delimiter = hint?.[1] ?? detectSeparator(text, separators);
  let records: readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      from_line: hint === null ? 1 : 2,
      to: rowsLimit + 2,
      max_record_size: 1024 * 1024,
    }) as unknown as typeof records;
  } catch (error) {
    throw notATable(error instanceof Error ? error.message : '', error);
  }
  if (records.length > rowsLimit + 1) throw tooLarge(rowsLimit, 'rows');
  return records.map(({ record, info }) => ({
    rowNumber: info.lines,
    cells: record.slice(0, COLUMNS_LIMIT).map((cell) => cleanCell(withoutGuard(cell))),
  }));
}

/** The apostrophe that keeps a spreadsheet from running a cell as a formula is no part of the text. */
function withoutGuard(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

/** A byte order mark decides; then zeros at odd or even places (UTF-16), then strict UTF-8, then windows-1258. */
export function decodeText(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, [0xfe, 0xff])) return new TextDecoder('utf-16be').decode(bytes);
  const head = bytes.subarray(0, 4000);
  const zeros = [0, 0];
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const many = head.length / 8;
  if (odd > many && even === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (even > many && odd === 0) return new TextDecoder('utf-16be').decode(bytes);
  if (even + odd > 0) throw notATable('binary');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1258').decode(bytes);
  }
}

/** The separator that the first lines have most evenly: most often in the line that has it least. */
function detectSeparator(text: string, separators: readonly string[]): string {
  const lines = text
    .slice(0, 20_000)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 10);
  let best = ',';
  let bestScore = -1;
  for (const separator of separators) {
    const counts = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, '').split(separator).length - 1);
    const header = counts[0] ?? 0;
    const even = counts.filter((count) => count === header).length;
    const score = header === 0 ? 0 : even * 100 + header;
    if (score > bestScore) {
      best = separator;
      bestScore = score;
    }
  }
  return best;
}

// ---- xlsx ------------------------------------------------------------------------------------------------------------

async function readXlsx(bytes: Uint8Array, { rowsLimit, marksNumbers }: TableOptions): Promise<readonly TableRow[]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plain = zipOf(unpack(buffer));
  const rows: TableRow[] = [];
  try {
    // The streaming reader takes rows as they stand: unlike the whole-workbook reader it never spreads merged cells or
    // named ranges over millions of cells, which a few bytes in a hostile file can ask for.
    // Loaded when a workbook is read: it takes 40 MB that a collecting service can do without.
    const { default: library } = await import('exceljs');
    const reader = new library.stream.xlsx.WorkbookReader(Readable.from([plain]), {
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      entries: 'ignore',
    });
    for await (const sheet of reader) {
      for await (const row of sheet) {
        if (rows.length > rowsLimit) throw tooLarge(rowsLimit, 'rows');
        const numberCells = marksNumbers ? { numberCells: numberCellsOf(row) } : undefined;
        rows.push({ rowNumber: row.number, cells: cellsOf(row), ...numberCells });
      }
      if (rows.some((row) => row.cells.some((cell) => cell !== ''))) break;
      rows.length = 0;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw notATable(error instanceof Error ? error.message : '', error);
  }
  return rows;
}

function cellsOf(row: ExcelJS.Row): readonly string[] {
  const cells: string[] = [];
  row.eachCell((cell, column) => {
    if (column > COLUMNS_LIMIT) return;
    while (cells.length < column - 1) cells.push('');
    cells[column - 1] = cleanCell(cellText(cell.value, cell.numFmt));
  });
  return cells;
}

function numberCellsOf(row: ExcelJS.Row): ReadonlySet<number> {
  const columns = new Set<number>();
  row.eachCell(({ value }, column) => {
    const isFormula = typeof value === 'object' && value !== null && 'result' in value;
    if (typeof (isFormula ? value.result : value) === 'number') columns.add(column - 1);
  });
  return columns;
}

function cellText(value: ExcelJS.CellValue, numberFormat: string | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, numberFormat);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('text' in value) return cellText(value.text as ExcelJS.CellValue, numberFormat);
  if ('result' in value) return cellText(value.result as ExcelJS.CellValue, numberFormat);
  return '';
}

/** A code 0042 typed as a number is 42 shown as `0000`. */
function numberText(value: number, numberFormat: string | undefined): string {
  const [shown = ''] = (numberFormat ?? '').split(';');
  if (/^0+$/.test(shown) && Number.isInteger(value) && value >= 0) return String(value).padStart(shown.length, '0');
  return String(value);
}

const LOCAL_HEADER = 0x04034b50;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/** The parts with the cells, in the order that lets the reader keep them in memory. */
const PARTS = [
  /^\[Content_Types\]\.xml$/,
  /^_rels\/\.rels$/,
  /^xl\/_rels\/workbook\.xml\.rels$/,
  /^xl\/workbook\.xml$/,
  /^xl\/styles\.xml$/,
  /^xl\/sharedStrings\.xml$/i,
  /^xl\/worksheets\/[^/]+\.xml$/,
];

interface Part {
  readonly name: string;
  readonly content: Buffer;
}

/** Every part is unpacked and counted: what a zip says of its own sizes may be a lie. */
function unpack(zip: Buffer): readonly Part[] {
  let left = UNPACKED_BYTES_LIMIT;
  const kept: { readonly order: number; readonly part: Part }[] = [];
  for (const entry of zipEntries(zip)) {
    if (entry.method !== 0 && entry.method !== 8) throw notATable(`zip method ${entry.method}`);
    const content = entry.method === 0 ? entry.packed : inflated(entry.packed, left);
    left -= content.length;
    if (left <= 0) throw tooLarge(UNPACKED_BYTES_LIMIT / 1024 / 1024, 'MB');
    const name = entry.name.replace(/^\/+/, '');
    const order = PARTS.findIndex((pattern) => pattern.test(name));
    if (order >= 0) kept.push({ order, part: { name, content: asciiXml(content) } });
  }
  if (!kept.some(({ part }) => part.name === 'xl/workbook.xml')) throw notATable('no workbook');
  return kept.sort((a, b) => a.order - b.order).map(({ part }) => part);
}

/**
 * The streaming reader decodes each piece it reads by itself and so spoils a letter of two or three bytes that two pieces
 * share. Written as character references there are no such letters.
 */
function asciiXml(content: Buffer): Buffer {
  const text = decodeText(content).replace(/[^\0-\x7f]/gu, (letter) => `&#${letter.codePointAt(0)};`);
  return Buffer.from(text, 'latin1');
}

/** A zip without compression. */
function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const nameBytes = Buffer.from(name);
    const facts = Buffer.alloc(16);
    facts.writeUInt32LE(crc32(content), 0);
    facts.writeUInt32LE(content.length, 4);
    facts.writeUInt32LE(content.length, 8);
    facts.writeUInt16LE(nameBytes.length, 12);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL_HEADER, 0);
    local.writeUInt16LE(20, 4);
    facts.copy(local, 14);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(DIRECTORY_ENTRY, 0);
    entry.writeUInt16LE(20, 6);
    facts.copy(entry, 16);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, nameBytes, content);
    entries.push(entry, nameBytes);
    offset += local.length + nameBytes.length + content.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function inflated(packed: Buffer, limit: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: limit });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(UNPACKED_BYTES_LIMIT / 1024 / 1024, 'MB');
    throw notATable('zip', error);
  }
}

function* zipEntries(zip: Buffer): Generator<{ name: string; method: number; packed: Buffer }> {
  let end = zip.length - 22;
  const stop = Math.max(0, end - 0xffff);
  while (end >= stop && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < stop || end < 0) throw notATable('zip');
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n -= 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw notATable('zip');
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    if (local + 30 > zip.length) throw notATable('zip');
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    yield {
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      packed: zip.subarray(data, data + zip.readUInt32LE(at + 20)),
    };
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}
