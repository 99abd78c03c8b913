import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, ProblemError } from '../../core/api/client.ts';
import { type MonthReport, type RouteName, routes, type SourceInput } from '../../core/api/contract.ts';
import { formats } from '../../parsers/registry.ts';
import { LINES, openRig, type Rig } from './rig.ts';

let rig: Rig;
let client: Client;
let sourceId: number;
let lanId: number;

const DECK = `\uFEFFprefix;destination_en;destination_vi;category;rate_per_minute;currency;initial_seconds;increment_seconds
8490;Mobile A;Di động A;mobile;600;VND;6;1
8491;Mobile B;Di động B;mobile;600;VND;6;1
8498;Mobile C;Di động C;mobile;600;VND;6;1
`;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const sourceInput: SourceInput = {
  name: 'PBX',
  config: {
    kind: 'tcp-client',
    host: '192.0.2.10',
    port: 2300,
    login: [
      { expect: '-', send: 'SMDR\\r\\n', isSecret: false },
      { expect: 'Password:', send: 'PCCSMDR\\r\\n', isSecret: true },
    ],
    loginRejected: 'Rejected',
    keepAliveSeconds: 60,
  },
  formatId: 'panasonic-a',
  formatOptions: { dateOrder: 'DMY' },
  isEnabled: true,
};

/** The problem that a call is refused with. */
async function refusal(work: Promise<unknown>): Promise<ProblemError['problem']> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

beforeAll(async () => {
  rig = openRig();
  client = await rig.client();
  await client.call('importTariff', { query: { fileName: 'C:\\decks\\viet nam.csv' }, body: bytes(DECK) });
  sourceId = (await client.call('addSource', { body: sourceInput })).id;
  const head = await client.call('addDepartment', { body: { name: 'Kinh doanh', code: 'KD' } });
  const team = await client.call('addDepartment', { body: { name: 'Miền Bắc', parentId: head.id } });
  lanId = (await client.call('addPerson', { body: { name: 'Nguyễn Thị Lan', departmentId: team.id } })).id;
  const assign = (kind: 'code' | 'extension', value: string): Promise<unknown> =>
    client.call('applyAssignment', { body: { action: 'add', personId: lanId, assignment: { kind, value } } });
  await assign('code', '987654');
  await assign('extension', '102');
  rig.feed(sourceId, LINES);
});

afterAll(() => rig.close());

describe('calls', () => {
  it('come newest first, owned, priced and with their codes masked', async () => {
    const { calls, next } = await client.call('listCalls', { query: { limit: 3 } });
    expect(calls.map((call) => [call.dialled, call.code, call.personName, call.reason, call.charge?.amount])).toEqual([
      ['0903000222', '••45', null, 'unknown-code', '300'],
      ['02438250000', '••21', null, 'unknown-code', undefined],
      ['0987000111', null, 'Nguyễn Thị Lan', 'extension', '1300'],
    ]);
    const rest = await client.call('listCalls', { query: { limit: 3, after: next ?? '' } });
    expect(rest.calls).toMatchObject([{ code: '••54', departmentName: 'Miền Bắc', charge: { amount: '650' } }]);
    expect(rest.next).toBeNull();
  });

  it('are found by the whole code and never by a part of it', async () => {
    const count = async (code: string): Promise<number> =>
      (await client.call('listCalls', { query: { code } })).calls.length;
    expect([await count('987654'), await count('98765'), await count('54'), await count('%')]).toEqual([1, 0, 0, 0]);
    const { calls } = await client.call('listCalls', { query: { text: '987654' } });
    expect(calls).toEqual([]);
  });

  it('are counted with what they cost', async () => {
    expect(await client.call('countCalls', { query: { text: 'lan' } })).toEqual({
      calls: 2,
      talkSeconds: 195,
      charges: [{ amount: '1950', currency: 'VND' }],
    });
  });

  it('open down to their bytes, with the code masked in every place', async () => {
    const { calls } = await client.call('listCalls', { query: { code: '987654' } });
    const detail = await client.call('getCall', { params: { id: calls[0]?.id } });
    expect(detail).toMatchObject({
      formatId: 'panasonic-a',
      sourceName: 'PBX',
      codeField: 'account',
      tariffName: 'viet nam',
      billedSeconds: 65,
      record: { accountCode: '••54', dialedNumber: '0912345678' },
      legs: [{ sourceOffset: 0, extension: '101', durationSeconds: 65 }],
    });
    expect(detail.legs[0]?.rawText).toMatch(/^20\/03\/26 08:15AM {3}101 01 0912345678 .* ••••54 /);
    expect(detail.priceSteps.map((step) => step.kind)).toEqual(expect.arrayContaining(['rate-named', 'result']));
    expect(JSON.stringify(detail)).not.toContain('987654');
    expect(detail.legs[0]?.rawHex).not.toContain('39 38 37 36');
  });

  it('name their destination in the language of the reader, and are found by its name in any', async () => {
    for (const [language, name] of [
      ['en', 'Mobile B'],
      ['vi', 'Di động B'],
    ] as const) {
      const reader = await rig.client(language);
      const { calls } = await reader.call('listCalls', { query: { code: '987654' } });
      expect(calls[0]?.destination).toBe(name);
      expect((await reader.call('getCall', { params: { id: calls[0]?.id } })).destination).toBe(name);
      expect((await reader.call('lookUp', { query: { q: '987654' } })).recentCalls[0]?.destination).toBe(name);
      for (const text of ['mobile b', 'Di động B', 'di dong b']) {
        const found = await reader.call('listCalls', { query: { text } });
        expect(found.calls.map((call) => call.destination)).toEqual([name]);
      }
    }
  });

  it('with an unknown code name the owners of codes one slip away', async () => {
    const { calls } = await client.call('listCalls', { query: { code: '987645' } });
    const detail = await client.call('getCall', { params: { id: calls[0]?.id } });
    expect(detail.nearestCodes).toEqual([{ code: '••54', personName: 'Nguyễn Thị Lan' }]);
  });

  it('that do not exist are not found', async () => {
    expect(await refusal(client.call('getCall', { params: { id: 5 } }))).toMatchObject({
      code: 'not-found',
      status: 404,
    });
  });

  it('show codes in full where the settings say so', async () => {
    await client.call('putSettings', { body: { showCodes: true } });
    const { calls } = await client.call('listCalls', { query: { code: '987654' } });
    expect(calls[0]?.code).toBe('987654');
    const detail = await client.call('getCall', { params: { id: calls[0]?.id } });
    expect(detail.legs[0]?.rawHex).toContain('39 38 37 36 35 34');
    await client.call('putSettings', { body: { showCodes: false } });
  });
});

describe('look-up', () => {
  it('answers a code with its owner and calls', async () => {
    const found = await client.call('lookUp', { query: { q: '987654' } });
    expect(found).toMatchObject({
      matchedAs: 'code',
      codes: [{ code: '••54', personName: 'Nguyễn Thị Lan', departmentName: 'Miền Bắc', validFrom: null }],
      totals: { calls: 1 },
      recentCalls: [{ dialled: '0912345678' }],
      nearestCodes: [],
    });
  });

  it('answers a code that nobody has with the calls made with it and its likely owner', async () => {
    const found = await client.call('lookUp', { query: { q: '987645' } });
    expect(found).toMatchObject({
      matchedAs: 'code',
      codes: [],
      totals: { calls: 1 },
      nearestCodes: [{ code: '••54', personName: 'Nguyễn Thị Lan' }],
    });
  });

  it.each([
    ['102', 'extension', 1],
    ['0912 345 678', 'number', 1],
    ['345678', 'number', 1],
    ['nguyen thi', 'person', 2],
    ['98765', 'nothing', 0],
    ['zzz', 'nothing', 0],
  ])('takes %s for %s', async (q, matchedAs, calls) => {
    expect(await client.call('lookUp', { query: { q } })).toMatchObject({ matchedAs, totals: { calls } });
  });

  it('keeps to the days asked for without forgetting the owner', async () => {
    const found = await client.call('lookUp', { query: { q: '987654', from: '2026-04-01' } });
    expect(found).toMatchObject({ matchedAs: 'code', codes: [{ personId: lanId }], totals: { calls: 0 } });
  });
});

describe('people', () => {
  it('are listed with masked codes and full extensions', async () => {
    const people = await client.call('listPeople', { query: { text: 'lan' } });
    expect(people[0]?.assignments.map((row) => row.value)).toEqual(['••54', '102']);
    expect(await client.call('listPeople', { query: { text: '9876' } })).toEqual([]);
  });

  it('and departments are added, changed and removed', async () => {
    const department = await client.call('addDepartment', { body: { name: 'Tạm' } });
    await client.call('changeDepartment', { params: { id: department.id }, body: { name: 'Kho' } });
    const person = await client.call('addPerson', { body: { name: 'Trần Văn Bảo', departmentId: department.id } });
    expect(await refusal(client.call('removeDepartment', { params: { id: department.id } }))).toMatchObject({
      code: 'department-in-use',
      title: expect.stringContaining('Kho') as string,
    });
    const changed = await client.call('changePerson', {
      params: { id: person.id },
      body: { name: 'Trần Văn Bảo', email: 'bao@example.com', departmentId: null },
    });
    expect(changed).toMatchObject({ email: 'bao@example.com' });
    await client.call('removePerson', { params: { id: person.id } });
    await client.call('removeDepartment', { params: { id: department.id } });
    expect((await client.call('listDepartments')).map((row) => row.name)).toEqual(['Kinh doanh', 'Miền Bắc']);
  });

  it('who own calls cannot be removed', async () => {
    expect(await refusal(client.call('removePerson', { params: { id: lanId } }))).toMatchObject({
      code: 'person-in-use',
    });
  });

  it('get a code after a preview of the calls it moves, and the booking thread is told', async () => {
    const body = {
      action: 'add' as const,
      personId: lanId,
      assignment: { kind: 'code' as const, value: '4321', validFrom: '2026-01-01' },
    };
    const effect = await client.call('previewAssignment', { body });
    expect(effect).toMatchObject({ calls: 1, firstDay: '2026-03-20' });
    rig.ingest.asked.length = 0;
    await client.call('applyAssignment', { body });
    expect(rig.ingest.asked).toEqual(['reload', 'rebook {"codes":["4321"],"extensions":[]}']);
  });

  it('cannot have a code of somebody else; the refusal names the owner and masks the code', async () => {
    const other = await client.call('addPerson', { body: { name: 'Phạm Đức' } });
    const problem = await refusal(
      client.call('applyAssignment', {
        body: { action: 'add', personId: other.id, assignment: { kind: 'code', value: '987000', lastValue: '987999' } },
      }),
    );
    expect(problem).toMatchObject({ code: 'code-overlap', status: 409, values: { name: 'Nguyễn Thị Lan' } });
    expect(JSON.stringify(problem)).not.toContain('987654');
    await client.call('removePerson', { params: { id: other.id } });
  });

  it('refuse a range that runs backwards and dates that end before they begin', async () => {
    const assignment = {
      kind: 'extension' as const,
      value: '300',
      lastValue: '200',
      validFrom: '2026-02-01',
      validTo: '2026-01-01',
    };
    const { fields } = await refusal(
      client.call('previewAssignment', { body: { action: 'add', personId: lanId, assignment } }),
    );
    expect(fields?.map((field) => field.path)).toEqual(['assignment.validTo', 'assignment.lastValue']);
  });

  it('come in from a file: previewed, then written', async () => {
    const file = 'Họ và tên,Mã cá nhân,Máy nhánh\nLê Minh,555777,105\n';
    const preview = await client.call('previewPeopleImport', { query: { fileName: 'a.csv' }, body: bytes(file) });
    expect(preview.counts).toMatchObject({ add: 1, error: 0 });
    const written = await client.call('confirmPeopleImport', { params: { importId: preview.importId } });
    expect(written).toEqual({ added: 1, updated: 0 });
    expect(await refusal(client.call('confirmPeopleImport', { params: { importId: preview.importId } }))).toMatchObject(
      { code: 'import-expired' },
    );
    expect(
      await refusal(
        client.call('previewPeopleImport', { query: { fileName: 'a.csv', mapping: '{"a":"b"}' }, body: bytes(file) }),
      ),
    ).toMatchObject({ fields: [{ path: 'mapping' }] });
  });

  it('go out to a file only where codes are shown', async () => {
    expect(await refusal(client.call('exportPeople', { query: { type: 'csv' } }))).toMatchObject({
      code: 'codes-hidden',
    });
    await client.call('putSettings', { body: { showCodes: true } });
    const response = await client.call('exportPeople', { query: { type: 'csv' } });
    expect(response.headers.get('content-disposition')).toContain('Tollbook people 2026-03-20.csv');
    expect(await response.text()).toContain('987654');
    await client.call('putSettings', { body: { showCodes: false } });
  });
});

describe('formats and sources', () => {
  it('list every format', async () => {
    expect(await client.call('listFormats')).toHaveLength(formats.length);
    expect(formats.length).toBeGreaterThan(10);
  });

  it('name the format of some bytes and of what a source sends', async () => {
    const detection = await client.call('detectFormat', { body: Buffer.from(LINES, 'latin1') });
    expect(detection.candidates[0]?.formatId).toBe('panasonic-a');
    const ofSource = await client.call('detectSource', { params: { id: sourceId } });
    expect(ofSource).toEqual({ ...detection, settingsToTry: [] });
  });

  it('list serial ports', async () => {
    expect(await client.call('listSerialPorts')).toEqual([{ path: '/dev/ttyUSB0', description: 'USB serial' }]);
  });

  it('hide the secrets of a source and keep them when the mask comes back', async () => {
    const [source] = await client.call('listSources');
    expect(source).toMatchObject({ name: 'PBX', status: { state: 'open', counts: { call: 4, malformed: 1 } } });
    if (source?.config.kind !== 'tcp-client') throw new Error('the source has another kind');
    expect(source.config.login.map((step) => step.send)).toEqual(['SMDR\\r\\n', '••••']);
    const first = { expect: '>', send: 'x', isSecret: false };
    await client.call('changeSource', {
      params: { id: sourceId },
      body: { ...sourceInput, config: { ...source.config, login: [first, ...source.config.login] } },
    });
    const configured = rig.capture.configured[0]?.config;
    expect(configured?.kind === 'tcp-client' && configured.login.map((step) => step.send)).toEqual([
      'x',
      'SMDR\\r\\n',
      'PCCSMDR\\r\\n',
    ]);
  });

  it('refuse a mask where no secret is stored, and an unknown format', async () => {
    const config = { kind: 'ami', host: 'pbx', username: 'tollbook', secret: '••••' } as const;
    const body = { name: 'AMI', config, formatId: 'asterisk-ami' };
    expect(await refusal(client.call('addSource', { body }))).toMatchObject({
      fields: [{ path: 'config.secret', message: 'Enter the text again: there is none stored to keep.' }],
    });
    expect(await refusal(client.call('addSource', { body: { ...body, formatId: 'acme' } }))).toMatchObject({
      fields: [{ path: 'formatId' }],
    });
    const wrongOption = { ...sourceInput, name: 'B', formatOptions: { dateOrder: 'XYZ' } };
    expect(await refusal(client.call('addSource', { body: wrongOption }))).toMatchObject({
      fields: [{ path: 'formatOptions.dateOrder' }],
    });
  });

  it('show the newest raw lines, what each is, and no code', async () => {
    const lines = await client.call('listRawLines', { params: { id: sourceId }, query: { limit: 2 } });
    expect(lines.map((line) => [line.outcome, line.sourceOffset])).toEqual([
      ['call', 234],
      ['malformed', 312],
    ]);
    const all = await client.call('listRawLines', { params: { id: sourceId } });
    expect(JSON.stringify(all)).not.toMatch(/987654|4321/);
  });

  it('close a source that is removed', async () => {
    const { id } = await client.call('addSource', { body: { ...sourceInput, name: 'Second' } });
    expect(rig.capture.configured.map((source) => source.id)).toContain(id);
    await client.call('removeSource', { params: { id } });
    expect(rig.capture.configured.map((source) => source.id)).not.toContain(id);
    expect(await refusal(client.call('removeSource', { params: { id } }))).toMatchObject({ code: 'not-found' });
  });

  it('start and stop the demo', async () => {
    const demo = await client.call('startDemo');
    expect(demo.isDemo).toBe(true);
    await client.call('stopDemo');
    expect((await client.call('listSources')).map((source) => source.name)).toEqual(['PBX']);
  });
});

describe('imports', () => {
  const upload = (size: number, again?: boolean): Promise<{ id: string }> => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent >= size) return controller.close();
        const chunk = new Uint8Array(Math.min(65536, size - sent)).fill(65);
        sent += chunk.length;
        controller.enqueue(chunk);
      },
    });
    const query = { sourceId, fileName: '/home/lan/march 2026.log', ...(again !== undefined && { again }) };
    return client.call('importFile', { query, body });
  };

  it('stream a file to the spool folder and hand it to capture', async () => {
    const size = 40 * 1024 * 1024;
    const job = await upload(size);
    expect(job).toMatchObject({ fileName: 'march 2026.log', state: 'running', bytesTotal: size, counts: { call: 0 } });
    expect(rig.capture.imported.at(-1)).toMatchObject({ bytes: size, again: false });
    await client.call('cancelImport', { params: { id: job.id } });
    expect(await client.call('listImports')).toMatchObject([{ id: job.id, state: 'cancelled' }]);
    expect(await refusal(client.call('cancelImport', { params: { id: 'none' } }))).toMatchObject({ code: 'not-found' });
  });

  it('leave no file behind when capture refuses, and read again when asked to', async () => {
    const spooled = (): number => readdirSync(rig.deps.spoolFolder).length;
    const before = spooled();
    expect(await refusal(upload(40 * 1024 * 1024))).toMatchObject({ code: 'file-already-imported' });
    expect(await refusal(upload(40 * 1024 * 1024, false))).toMatchObject({ code: 'file-already-imported' });
    expect(spooled()).toBe(before);
    await upload(40 * 1024 * 1024, true);
    expect(rig.capture.imported.at(-1)?.again).toBe(true);
    expect(existsSync(rig.capture.imported.at(-1)?.path ?? '')).toBe(true);
  });
});

describe('quarantine, month, tariffs, settings, system', () => {
  it('list what could not be read', async () => {
    const { frames, total } = await client.call('listQuarantine', { query: { sourceId } });
    expect(total).toBe(1);
    expect(frames).toMatchObject([{ sourceName: 'PBX', formatId: 'panasonic-a' }]);
    expect(frames[0]?.text).toContain('what is this 99:99 ••••54');
    expect(await client.call('readAgain', { params: { id: sourceId } })).toEqual({ read: 0, left: 1 });
  });

  it.each(['department', 'person', 'band'] as const)('add the month up by %s', async (by) => {
    const month = await client.call('getMonth', { query: { by } });
    expect(month).toMatchObject({ month: '2026-03', months: ['2026-03'], quarantinedFrames: 1, isClosed: false });
    expect(month.rows.reduce((sum, row) => sum + row.calls, 0)).toBe(month.totals.calls);
    expect(month.rows.every((row) => row.name !== '')).toBe(true);
    expect(month.totals).toEqual({ calls: 4, talkSeconds: 265, charges: [{ amount: '2250', currency: 'VND' }] });
    expect(month.unattributed.calls).toBe(2);
  });

  it('lead from every figure of the month to exactly the calls behind it', async () => {
    const days = { from: '2026-03-01', to: '2026-03-31', isOutbound: true };
    const counted = (filter: object) => client.call('countCalls', { query: { ...days, ...filter } });
    const plain = ({ calls, talkSeconds, charges }: MonthReport['totals']) => ({ calls, talkSeconds, charges });
    const month = await client.call('getMonth', { query: { by: 'department' } });
    expect(await counted({})).toEqual(month.totals);
    expect(await counted({ personId: 0 })).toEqual(month.unattributed);
    expect((await counted({ rating: 'unrated' })).calls).toBe(month.unratedCalls);
    for (const by of ['department', 'person', 'band'] as const) {
      for (const row of (await client.call('getMonth', { query: { by } })).rows) {
        const filter =
          by === 'band'
            ? { band: row.key }
            : by === 'person' || row.key === '0'
              ? { personId: Number(row.key) }
              : row.key === 'none'
                ? { departmentId: 0 }
                : { departmentId: Number(row.key), isDepartmentOnly: true };
        expect(await counted(filter), `${by} ${row.name}`).toEqual(plain(row));
      }
    }
  });

  it('write the month to a file that names its calls and masks their codes', async () => {
    const csv = await client.call('exportMonth', { query: { month: '2026-03', type: 'csv', language: 'vi' } });
    expect(csv.headers.get('content-disposition')).toMatch(
      /^attachment; filename=".*2026-03.*\.csv"; filename\*=UTF-8''/,
    );
    const text = await csv.text();
    expect(text).toContain('0912345678');
    expect(text).toContain('Nguyễn Thị Lan');
    expect(text).not.toMatch(/987654|4321/);
    expect(text).toContain('Di động B');
    const english = await client.call('exportMonth', { query: { month: '2026-03', type: 'csv', language: 'en' } });
    const englishText = await english.text();
    expect(englishText).toContain('Mobile B');
    expect(englishText).not.toContain('Di động B');
    const xlsx = await client.call('exportMonth', { query: { month: '2026-03', type: 'xlsx' } });
    expect(xlsx.headers.get('content-type')).toContain('spreadsheetml');
    expect(
      Buffer.from(await xlsx.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect(await refusal(client.call('exportMonth', { query: { month: '2026-13', type: 'csv' } }))).toMatchObject({
      fields: [{ path: 'month', message: 'Enter a month as YYYY-MM, for example 2026-03.' }],
    });
  });

  it('price with the newest tariff, and say where a wrong one is wrong', async () => {
    expect(await client.call('listTariffs')).toMatchObject([{ name: 'viet nam', rateCount: 3, isActive: true }]);
    const wrong = DECK.replace('8491;Mobile B;Di động B;mobile;600', '8491;Mobile B;Di động B;mobile;sáu trăm');
    const problem = await refusal(client.call('importTariff', { query: { fileName: 'b.csv' }, body: bytes(wrong) }));
    expect(problem).toMatchObject({ code: 'tariff-invalid', status: 422 });
    expect(problem.fields?.[0]?.path).toMatch(/^3\./);
    const json = bytes('{"currency": ');
    expect(await refusal(client.call('importTariff', { query: { fileName: 'b.json' }, body: json }))).toMatchObject({
      code: 'tariff-invalid',
    });
    expect(await client.call('listTariffs')).toHaveLength(1);
  });

  it('change settings one by one; numbering books all calls anew, office hours tell capture', async () => {
    rig.ingest.asked.length = 0;
    const settings = await client.call('putSettings', { body: { areaCode: '28' } });
    expect(settings).toMatchObject({ areaCode: '28', countryCode: '84' });
    expect(rig.ingest.asked).toEqual(['reload', 'rebook "all"']);
    rig.ingest.asked.length = 0;
    await client.call('putSettings', { body: { companyName: 'Công ty A' } });
    expect(rig.ingest.asked).toEqual([]);
    expect(await client.call('getSettings')).toMatchObject({ companyName: 'Công ty A' });
    expect(await refusal(client.call('putSettings', { body: { timeZone: 'Asia/Hanoi' } }))).toMatchObject({
      fields: [{ path: 'timeZone', message: 'Enter a time zone such as Asia/Ho_Chi_Minh.' }],
    });
  });

  it('say how the program is', async () => {
    expect(await client.call('getSystem')).toMatchObject({
      callsTotal: 4,
      isPaused: false,
      problems: [{ code: 'disk-full' }],
    });
    expect((await client.call('getSystem')).databaseBytes).toBeGreaterThan(10_000);
    expect(await client.call('setPaused', { body: { isPaused: true } })).toMatchObject({ isPaused: true });
    expect(rig.capture.isPaused).toBe(true);
  });

  it('have a test for every route', () => {
    const folder = path.join(import.meta.dirname, '..');
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'));
    // By its name, which the typed client calls it by, or by the whole of its address.
    const isCalled = (name: RouteName): boolean => {
      const address = new RegExp(`${routes[name].path.replaceAll(/:\w+/g, '[^/]+')}[^a-z/-]`);
      return texts.some((text) => text.includes(`'${name}'`) || address.test(text));
    };
    expect((Object.keys(routes) as RouteName[]).filter((name) => !isCalled(name))).toEqual([]);
  });
});
