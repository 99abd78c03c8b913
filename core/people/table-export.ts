/** Rows of text as a file that a spreadsheet opens and `table-file.ts` reads back as it was. */
import { Writable } from 'node:stream';

/** An apostrophe keeps a spreadsheet from running what a person typed as a formula; the import takes it off again. */
function guarded(cell: string): string {
  return /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

/** UTF-8 with a byte order mark, commas, every cell quoted. */
export function csvOfSheet(rows: readonly (readonly string[])[]): Uint8Array {
  const lines = rows.map((row) => row.map((cell) => `"${guarded(cell).replaceAll('"', '""')}"`).join(','));
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`);
}

/** Every cell is text: a prefix keeps its zeros, and nothing is ever taken for a formula. Written row by row. */
export async function xlsxOfSheet(
  title: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = headings.map((heading) => ({ width: Math.max(12, heading.length + 3) }));
  const bold = { numFmt: '@', font: { bold: true } };
  const plain = { numFmt: '@' };
  for (const [at, cells] of [headings, ...rows].entries()) {
    const row = sheet.addRow(cells.map((cell) => (cell === '' ? null : cell)));
    row.eachCell((cell) => {
      cell.style = at === 0 ? bold : plain;
    });
    row.commit();
  }
  sheet.commit();
  await workbook.commit();
  return new Uint8Array(Buffer.concat(chunks));
}
