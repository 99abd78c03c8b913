import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../core/model/errors.ts';
import { exportPeople } from '../../core/people/people-export.ts';
import { PeopleImports } from '../../core/people/people-import.ts';
import { readTableFile, UNPACKED_BYTES_LIMIT } from '../../core/people/table-file.ts';
import { addAssignment } from '../../core/store/assignments.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { ensureDepartmentPath } from '../../core/store/departments.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { addPerson, listPeople, loadDirectory } from '../../core/store/people.ts';

const TODAY = '2026-03-10';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const HEADINGS = 'Họ tên,Mã NV,E-mail,Phòng ban,Mã cá nhân,Máy lẻ,Ngày vào làm';

function opened(folder: string, name: string): Database {
  return openDatabase({ path: join(folder, name), migrations: databaseMigrations, now: () => 0 });
}

async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('importing people', () => {
  let folder: string;
  let db: Database;
  let clockMs = 0;
  let ids = 0;
  let imports: PeopleImports;
  const importsOf = (database: Database): PeopleImports =>
    new PeopleImports({
      db: database,
      now: () => clockMs,
      today: () => TODAY,
      newId: () => {
        ids += 1;
        return `import-${ids}`;
      },
    });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-import-'));
    db = opened(folder, 'tollbook.db');
    imports = importsOf(db);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const preview = (text: string, language: 'vi' | 'en' = 'en') => imports.preview({ bytes: utf8(text), language });
  const imported = async (text: string) => imports.confirm((await preview(text)).importId);

  it('proposes columns by Vietnamese and English headings, below a title too', async () => {
    const vi = await preview(`Danh sách nhân viên,,\n\n${HEADINGS},Màu\nLan,NV1,,,,,,xanh\n`);
    expect(vi.mapping).toEqual({
      'Họ tên': 'name',
      'Mã NV': 'employeeNumber',
      'E-mail': 'email',
      'Phòng ban': 'department',
      'Mã cá nhân': 'code',
      'Máy lẻ': 'extension',
      'Ngày vào làm': 'activeFrom',
    });
    expect(vi.rows).toMatchObject([{ rowNumber: 4, action: 'add', values: { name: 'Lan', employeeNumber: 'NV1' } }]);
    const en = await preview('Full Name;Employee No.;Account code;Ext\nLan;1;2;3\n');
    expect(Object.values(en.mapping)).toEqual(['name', 'employeeNumber', 'code', 'extension']);
  });

  it('reads the same table from every encoding and separator', async () => {
    const lines = [
      ['Họ tên', 'Mã cá nhân'],
      ['Nguyễn Đức', '0042'],
    ];
    const text = (separator: string): string => lines.map((line) => line.join(separator)).join('\r\n');
    const utf16 = Buffer.from(`\ufeff${text(';')}`, 'utf16le');
    // windows-1258 writes the tone after its letter: ọ = o + dot below, ễ = ê + tilde.
    const cp1258 = Buffer.from([
      ...[0x48, 0x6f, 0xf2, 0x20, 0x74, 0xea, 0x6e, 0x2c],
      ...Buffer.from('Code\nNguy'),
      ...[0xea, 0xde, 0x6e, 0x20, 0xd0, 0x75, 0xec, 0x63],
      ...Buffer.from(',0042\n'),
    ]);
    const files: Uint8Array[] = [
      utf8(text(',')),
      utf8(`\ufeff${text(';')}`),
      utf8(text('\t')),
      utf8(`sep=;\r\n${text(';')}`),
      utf16,
      utf16.subarray(2),
      Buffer.from(utf16).swap16(),
    ];
    for (const bytes of files) {
      const rows = await readTableFile(bytes);
      expect(rows.map((row) => row.cells)).toEqual(lines);
    }
    const old = await readTableFile(cp1258);
    expect(old[1]?.cells).toEqual(['Nguyễn Đức'.replace('ứ', 'ú'), '0042']);
  });

  it('writes nothing before it is confirmed, then everything at once', async () => {
    const shown = await preview(
      `${HEADINGS}\nLan,NV1,lan@example.com,Kinh doanh / Miền Nam,"0042; 43",200-219,01/03/2026\nMinh,NV2,,Kinh doanh,44,,\n`,
    );
    expect(shown.counts).toEqual({ add: 2, update: 0, same: 0, error: 0 });
    expect(listPeople(db, TODAY)).toEqual([]);
    expect(imports.confirm(shown.importId)).toMatchObject({ added: 2, updated: 0 });
    const [lan, minh] = listPeople(db, TODAY);
    expect(lan).toMatchObject({ name: 'Lan', departmentName: 'Miền Nam', activeFrom: '2026-03-01' });
    expect(lan?.assignments.map((row) => [row.kind, row.value, row.lastValue])).toEqual([
      ['code', '0042', null],
      ['code', '43', null],
      ['extension', '200', '219'],
    ]);
    expect(minh?.departmentName).toBe('Kinh doanh');
    expect(await refusal(() => imports.confirm(shown.importId))).toBe('import-expired');
  });

  it('finds people again by number, by code with the name, and by name', async () => {
    await imported(`${HEADINGS}\nLan,NV1,,,11,,\nMinh,,,,22,,\nMinh,NV3,,,33,,\nHoa,,,,,,\n`);
    const again = await preview(
      `${HEADINGS}\nLan Anh,NV1,,,11,,\nMINH,,minh@example.com,,22,,\nMinh,NV3,,,33,,\nHoa,NV4,,,,,\nMinh,,,,,,\n`,
    );
    expect(again.rows.map((row) => row.action)).toEqual(['update', 'update', 'same', 'update', 'error']);
    expect(again.rows[4]?.errors[0]?.message).toContain('Minh');
  });

  it('names what is wrong with each row in the reader’s language, and confirms nothing then', async () => {
    await imported(`${HEADINGS}\nLan,NV1,,,1234,300-310,\n`);
    const bad = await preview(
      [
        HEADINGS,
        ',NV9,,,,,',
        'A,NV2,not an address,,,,31/02/2026',
        'B,NV3,,,1234,,',
        'C,NV4,,,,305,',
        'D,NV5,,,55,,',
        'E,NV6,,,55,,',
        'F,NV6,,,,,',
        'G,NV8,,,"a b",20-3,',
        'H,NV10,,,66,,',
      ].join('\n'),
      'vi',
    );
    const fields = bad.rows.map((row) => row.errors.map((error) => error.field));
    expect(fields).toEqual([
      ['name'],
      ['email', 'activeFrom'],
      ['code'],
      ['extension'],
      [],
      ['code'],
      ['employeeNumber'],
      ['code', 'extension'],
      [],
    ]);
    expect(bad.rows[2]?.errors[0]?.message).toBe('1234 đang thuộc về Lan.');
    expect(bad.rows[5]?.errors[0]?.message).toBe('55 còn xuất hiện ở dòng 6.');
    expect(bad.counts).toEqual({ add: 2, update: 0, same: 0, error: 7 });
    expect(await refusal(() => imports.confirm(bad.importId))).toBe('import-has-errors');
    expect(listPeople(db, TODAY)).toHaveLength(1);
  });

  it('refuses to write when people changed since the preview, or half an hour passed', async () => {
    const file = `${HEADINGS}\nLan,NV1,,,1234,,\n`;
    const first = await preview(file);
    addPerson(db, {
      name: 'Hoa',
      employeeNumber: null,
      email: null,
      title: null,
      notes: null,
      activeFrom: null,
      activeTo: null,
      departmentId: null,
      departmentFrom: null,
    });
    expect(await refusal(() => imports.confirm(first.importId))).toBe('import-expired');
    const second = await preview(file);
    clockMs += 31 * 60 * 1000;
    expect(await refusal(() => imports.confirm(second.importId))).toBe('import-expired');
    expect(listPeople(db, TODAY)).toHaveLength(1);
  });

  it('takes no code away, ends one where the file gives dates, and passes it on in the same file', async () => {
    await imported(`${HEADINGS}\nLan,NV1,,A,11,200,\nMinh,NV2,,A,22,,\n`);
    const kept = await preview(`${HEADINGS}\nLan,NV1,,,,,\n`);
    expect(kept.rows[0]?.action).toBe('same');
    const passed = await imported(
      `${HEADINGS}\nLan,NV1,,B,11 [..2026-03-01],,\nMinh,NV2,,,"22; 11 [2026-03-01..]",,\n`,
    );
    expect(passed.updated).toBe(2);
    expect([...passed.scope.codes].sort()).toEqual(['11']);
    expect(passed.scope.extensions).toEqual(['200']);
    expect(
      loadDirectory(db)
        .assignments.filter((row) => row.value === '11')
        .map((row) => [row.validFrom, row.validTo]),
    ).toEqual([
      ['0000-01-01', '2026-03-01'],
      ['2026-03-01', '9999-12-31'],
    ]);
    // The past department stays the past's.
    expect(loadDirectory(db).memberships.filter((row) => row.personId === 1)).toHaveLength(2);
  });

  it('reads numbers of an xlsx as they are shown, dates as days, and formulas as their results', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('Nhân viên');
    sheet.addRow(['Họ tên', 'Mã cá nhân', 'Máy lẻ', 'Ngày vào làm', 'Ghi chú']);
    const row = sheet.addRow([
      { richText: [{ text: 'Lan ' }, { text: 'Anh' }] },
      42,
      205,
      new Date(Date.UTC(2026, 2, 1)),
    ]);
    row.getCell(2).numFmt = '0000';
    row.getCell(4).numFmt = 'dd/mm/yyyy';
    row.getCell(5).value = { formula: '1+1', result: 2 };
    const shown = await imports.preview({ bytes: new Uint8Array(await workbook.xlsx.writeBuffer()), language: 'vi' });
    expect(shown.rows).toHaveLength(1);
    expect(shown.rows[0]?.values).toEqual({
      name: 'Lan Anh',
      code: '0042',
      extension: '205',
      activeFrom: '2026-03-01',
      notes: '2',
    });
  });

  it('reads every letter of a long xlsx, wherever its bytes are cut', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('Dài');
    const names = Array.from({ length: 4000 }, (_, i) => `Người ở Đằng ấy ${i} 😀`);
    sheet.addRow(['Họ tên', 'Mã NV']);
    for (const [i, name] of names.entries()) sheet.addRow([name, `NV${i}`]);
    const rows = await readTableFile(new Uint8Array(await workbook.xlsx.writeBuffer()));
    expect(rows.slice(1).map((row) => row.cells[0])).toEqual(names);
  });

  it('is not held up by a sheet that merges all its cells', async () => {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const packages = 'http://schemas.openxmlformats.org/package/2006';
    const rows = await readTableFile(
      zipOf({
        '[Content_Types].xml': `<Types xmlns="${packages}/content-types"/>`,
        '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
        'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="all">S!$A$1:$XFD$1048576</definedName></definedNames></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
        'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" t="str"><v>Lan</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`,
      }),
    );
    expect(rows).toEqual([{ rowNumber: 1, cells: ['Lan'] }]);
  });

  it('refuses a file that unpacks to more than the limit, and files that are no tables', async () => {
    const bomb = zipOf({ 'xl/workbook.xml': Buffer.alloc(UNPACKED_BYTES_LIMIT + 1) });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await refusal(() => readTableFile(bomb))).toBe('too-large');
    expect(await refusal(() => readTableFile(new Uint8Array(17 * 1024 * 1024)))).toBe('too-large');
    expect(await refusal(() => readTableFile(utf8('a\n'.repeat(20_010))))).toBe('too-large');
    expect(await refusal(() => readTableFile(zipOf({ 'note.txt': Buffer.from('x') })))).toBe('file-not-csv-or-xlsx');
    expect(await refusal(() => readTableFile(Buffer.from('PK\x03\x04 nothing')))).toBe('file-not-csv-or-xlsx');
    expect(await refusal(() => readTableFile(Buffer.from([0, 1, 2, 0, 0, 255])))).toBe('file-not-csv-or-xlsx');
    expect(await refusal(() => preview(''))).toBe('file-not-csv-or-xlsx');
  });

  it('reads back what it wrote, whatever people typed', async () => {
    const text = fc
      .stringMatching(/^[A-Za-zĐđƯứ ,;"'=+@/.-]{0,12}$/)
      .map((raw) => raw.normalize('NFC').trim().replace(/\s+/g, ' '));
    const value = fc.stringMatching(/^[0-9A-Za-z*#_.-]{1,6}$/);
    const person = fc.record({
      name: text.filter((name) => name !== ''),
      title: text,
      notes: text,
      department: fc.option(fc.constantFrom('A', 'A / B', '=C / D'), { nil: undefined }),
      values: fc.array(fc.tuple(fc.constantFrom('code', 'extension'), value, fc.boolean()), { maxLength: 3 }),
    });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 6 }), async (people) => {
        runs += 1;
        const [from, to] = [opened(folder, `from-${runs}.db`), opened(folder, `to-${runs}.db`)];
        try {
          fill(from, people);
          for (const type of ['csv', 'xlsx'] as const) {
            const language = runs % 2 === 0 ? 'vi' : 'en';
            const bytes = await exportPeople(from, { type, language, today: TODAY });
            const own = await importsOf(from).preview({ bytes, language });
            expect(own.counts).toEqual({ add: 0, update: 0, same: people.length, error: 0 });
            if (type === 'csv') continue;
            const target = importsOf(to);
            expect(target.confirm((await target.preview({ bytes, language })).importId).added).toBe(people.length);
          }
          const facts = (database: Database) =>
            listPeople(database, TODAY).map(({ id: _, departmentId: __, assignments, ...rest }) => ({
              ...rest,
              assignments: assignments.map(({ id: ___, personId: ____, ...row }) => row),
            }));
          expect(facts(to)).toEqual(facts(from));
        } finally {
          from.close();
          to.close();
        }
      }),
      { numRuns: 12 },
    );
    expect(runs).toBeGreaterThanOrEqual(12);
  });

  it('keeps a spreadsheet from running what people typed', async () => {
    await imported(`${HEADINGS}\n"=cmd|' /C calc'!A0",NV1,,,*11,,\n`);
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      await exportPeople(db, { type: 'csv', language: 'vi', today: TODAY }),
    );
    expect(csv.startsWith('\ufeff"Họ tên"')).toBe(true);
    expect(csv).toContain(`"'=cmd|' /C calc'!A0"`);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(
      (await exportPeople(db, { type: 'xlsx', language: 'vi', today: TODAY })).buffer as ArrayBuffer,
    );
    const cell = workbook.worksheets[0]?.getCell('A2');
    expect([cell?.type, cell?.numFmt, cell?.value]).toEqual([ExcelJS.ValueType.String, '@', "=cmd|' /C calc'!A0"]);
  });
});

function fill(
  db: Database,
  people: readonly {
    readonly name: string;
    readonly title: string;
    readonly notes: string;
    readonly department: string | undefined;
    readonly values: readonly (readonly [string, string, boolean])[];
  }[],
): void {
  const used = new Set<string>();
  people.forEach((person, i) => {
    const id = addPerson(db, {
      name: person.name,
      employeeNumber: `NV${i}`,
      email: null,
      title: person.title,
      notes: person.notes,
      activeFrom: i % 2 === 0 ? '2026-01-01' : null,
      activeTo: null,
      departmentId: person.department === undefined ? null : ensureDepartmentPath(db, person.department.split(' / ')),
      departmentFrom: null,
    });
    for (const [kind, value, isDated] of person.values) {
      if (used.has(`${kind}${value}`)) continue;
      used.add(`${kind}${value}`);
      addAssignment(db, {
        kind: kind === 'code' ? 'code' : 'extension',
        value,
        lastValue: null,
        personId: id,
        validFrom: '0000-01-01',
        validTo: isDated ? '2026-02-01' : '9999-12-31',
      });
    }
  });
}

/** A zip of deflated parts. */
function zipOf(parts: Readonly<Record<string, Buffer | string>>): Uint8Array {
  const [locals, entries]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content, { level: 9 });
    const sizes = (head: Buffer, at: number): void => {
      head.writeUInt16LE(8, at - 10);
      head.writeUInt32LE(crc32(content), at - 4);
      head.writeUInt32LE(packed.length, at);
      head.writeUInt32LE(content.length, at + 4);
      head.writeUInt16LE(name.length, at + 8);
    };
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    sizes(local, 18);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    sizes(entry, 20);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    entries.push(entry, Buffer.from(name));
    offset += local.length + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
