/** Workbooks as LibreOffice calculates them. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ExcelJS from 'exceljs';

const run = promisify(execFile);

/** Opens a workbook in LibreOffice, calculates every formula anew and saves it. Fails where LibreOffice is missing. */
export async function recalculated(folder: string, file: string): Promise<ExcelJS.Workbook> {
  const [workbook] = await allRecalculated(folder, [file]);
  if (workbook === undefined) throw new Error(`${file} was not recalculated`);
  return workbook;
}

/** Several at once: most of the time goes into the start of LibreOffice. */
export async function allRecalculated(folder: string, files: readonly string[]): Promise<readonly ExcelJS.Workbook[]> {
  const profile = join(folder, 'office');
  mkdirSync(join(profile, 'user'), { recursive: true });
  // 0: always; without it LibreOffice shows the results that stand in the file.
  writeFileSync(
    join(profile, 'user', 'registrymodifications.xcu'),
    `<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`,
  );
  const out = join(folder, 'recalculated');
  await run(
    'soffice',
    [
      `-env:UserInstallation=file://${profile}`,
      '--headless',
      '--convert-to',
      'xlsx',
      '--outdir',
      out,
      ...files.map((file) => join(folder, file)),
    ],
    { timeout: 90_000 },
  );
  return Promise.all(
    files.map(async (file) => {
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.readFile(join(out, file));
      return workbook;
    }),
  );
}

/** The number in a cell or of its formula; the library reads durations as moments since 1899-12-30. */
export function numberIn(cell: ExcelJS.Cell): number {
  const { value } = cell;
  const plain = typeof value === 'object' && value !== null && 'formula' in value ? value.result : value;
  return plain instanceof Date ? plain.getTime() / 86_400_000 + 25_569 : Number(plain ?? 0);
}

/** The text in a cell or of its formula. */
export function textIn(cell: ExcelJS.Cell): string {
  const { value } = cell;
  const plain = typeof value === 'object' && value !== null && 'formula' in value ? value.result : value;
  return plain === null || plain === undefined ? '' : String(plain);
}
