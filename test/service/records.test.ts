/** `tollbook parse`, `detect`, `formats` and `rate`: programs that touch no database. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { formats } from '../../parsers/registry.ts';
import { run, TempFolder } from '../e2e/rig.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DAY = fileURLToPath(new URL('../e2e/records/panasonic-day.raw', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../parsers', import.meta.url));

interface Line {
  readonly offset: number;
  readonly length: number;
  readonly outcome: string;
  readonly format: string;
  readonly record?: Readonly<Record<string, unknown>>;
}
const linesOf = (out: string): Line[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

let folder: TempFolder;
/** 200 calls, some of them transferred. */
let week: string;
let weekRecords: number;
beforeAll(async () => {
  folder = new TempFolder();
  week = folder.file('week.txt');
  const args = ['--format', 'panasonic-a', '--count', '200', '--seed', '5', '--file', week, '--json'];
  weekRecords = (JSON.parse((await run(['simulate', ...args])).out) as { readonly records: number }).records;
});
afterAll(() => folder.remove());

describe('tollbook parse', () => {
  const vendors = readdirSync(SAMPLES, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('_') && existsSync(`${SAMPLES}/${entry.name}/samples`),
  );
  it.each(vendors.map(({ name }) => name))('prints one object a frame in order for samples of %s', async (vendor) => {
    const samples = readdirSync(`${SAMPLES}/${vendor}/samples`).filter((file) => file.endsWith('.raw'));
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples.slice(0, 1)) {
      const file = `${SAMPLES}/${vendor}/samples/${sample}`;
      const side = JSON.parse(readFileSync(file.replace(/raw$/, 'json'), 'utf8')) as {
        readonly format: string;
        readonly options?: Readonly<Record<string, string>>;
      };
      const options = Object.entries(side.options ?? {}).flatMap(([name, value]) => ['--option', `${name}=${value}`]);
      const { code, out, err } = await run(['parse', '--format', side.format, ...options, file]);
      expect({ sample, err, isRead: code === 0 || code === 3 }).toEqual({ sample, err: '', isRead: true });
      const raw = readFileSync(file);
      let end = 0;
      for (const line of linesOf(out)) {
        expect(line.format).toBe(side.format);
        expect(line.offset).toBeGreaterThanOrEqual(end);
        end = line.offset + line.length;
      }
      expect(end).toBeLessThanOrEqual(raw.length);
      // What lies after the last frame is nothing but separators.
      expect(raw.subarray(end).toString('latin1')).toMatch(/^[\s\0\f\x02\x03]*$/);
    }
  });

  it('reads standard input, and gives spans that hold exactly the frame', async () => {
    const raw = readFileSync(DAY);
    const { code, out } = await run(['parse', '--format', 'panasonic-a', '-'], { input: raw });
    expect(code).toBe(0);
    const lines = linesOf(out);
    const [first] = lines;
    expect(first).toMatchObject({ offset: 0, outcome: 'call', format: 'panasonic-a' });
    expect(first?.record).toMatchObject({
      end: '2026-03-02T08:02:00',
      durationSeconds: 128,
      dialedNumber: '02434616151',
      accountCode: '01118',
    });
    const texts = lines.map(({ offset, length }) =>
      raw
        .subarray(offset, offset + length)
        .toString('latin1')
        .trimEnd(),
    );
    const printed = raw.toString('latin1').split('\r\n').slice(0, 3);
    expect(texts).toEqual(printed.map((row) => row.trimEnd()));
  });

  it('joins the records of one call with --assemble', async () => {
    const { code, out } = await run(['parse', '--format', 'auto', '--assemble', week]);
    expect(code).toBe(0);
    expect(weekRecords).toBeGreaterThan(200);
    expect(linesOf(out)).toHaveLength(200);
  });

  it('ends with 3 when a line cannot be read, and still prints it', async () => {
    const { code, out } = await run(['parse', '--format', 'panasonic-a', '-'], {
      input: '02/03/26 08:02     1#9 03 zz 99:99\r\n',
    });
    expect(code).toBe(3);
    expect(linesOf(out)).toMatchObject([{ offset: 0, outcome: 'malformed' }]);
  });

  it('refuses wrong use with what is allowed, in both languages', async () => {
    const refused = async (args: readonly string[], language = 'en'): Promise<string> => {
      const { code, out, err } = await run(['parse', ...args, '--language', language, DAY]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).not.toMatch(/\n\s+at /);
      return err;
    };
    const format = ['--format', 'panasonic-a', '--option'];
    expect(await refused([...format, 'dateOrder=FOO'])).toContain('DMY, MDY, YMD, YDM, MD, DM');
    expect(await refused([...format, 'dateOrder=FOO'], 'vi')).toContain('Các giá trị cho phép: DMY');
    expect(await refused([...format, 'dateOrdr=DMY'])).toContain('Known: codeSource, dateOrder');
    expect(await refused([...format, 'timeZone=Hanoi'])).toContain('Asia/Ho_Chi_Minh');
    expect(await refused([...format, 'encoding=abc'])).toContain('utf-8');
    expect(await refused(['--format', 'nortel-x'])).toContain('tollbook formats');
  });

  it('says that a file is not there, as text and as JSON', async () => {
    const args = ['parse', '--format', 'panasonic-a', folder.file('none.txt')];
    expect(await run(args)).toMatchObject({ code: 1, err: expect.stringContaining('no such file') });
    const { code, err } = await run([...args, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ error: { message: expect.stringContaining('none.txt') } });
    expect(await run(['parse', '--format', 'panasonic-a', folder.path])).toMatchObject({ code: 1 });
  });
});

describe('tollbook detect', () => {
  it('names the format with its reasons', async () => {
    const { code, out } = await run(['detect', week, '--json']);
    expect(code).toBe(0);
    const found = JSON.parse(out) as { readonly isSure: boolean; readonly candidates: { readonly formatId: string }[] };
    expect([found.isSure, found.candidates[0]?.formatId]).toEqual([true, 'panasonic-a']);
  });

  it('ends with 3 where nothing fits', async () => {
    expect(await run(['detect', '-'], { input: 'dear diary\n'.repeat(30) })).toMatchObject({ code: 3 });
  });
});

describe('tollbook formats', () => {
  it('lists every format with its own and the common options', async () => {
    const { code, out } = await run(['formats', '--json']);
    expect(code).toBe(0);
    const listed = JSON.parse(out) as {
      id: string;
      aliases: string[];
      options: { name: string; default?: string; choices?: string[] }[];
    }[];
    expect(listed.map(({ id, aliases }) => [id, aliases])).toEqual(
      formats.map(({ id, aliases = [] }) => [id, aliases]),
    );
    expect(listed.some(({ aliases }) => aliases.length > 0)).toBe(true);
    for (const { options } of listed) {
      const names = options.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['dateOrder', 'clock', 'timeIs', 'encoding', 'timeZone']));
      expect(new Set(names).size).toBe(names.length);
      for (const option of options)
        if (option.choices && option.default) expect(option.choices).toContain(option.default);
    }
  });
});

describe('tollbook rate', () => {
  const tariff = {
    currency: 'VND',
    decimals: 0,
    rounding: 'half-up',
    timeZone: 'Asia/Ho_Chi_Minh',
    rates: [{ prefix: '84', name: 'VN', ratePerMinute: '718', initialSeconds: 6, incrementSeconds: 1 }],
  };
  const call = { start: '2026-03-02T08:00:00', durationSeconds: 37, number: '84912345678' };
  const rate = (value: unknown, input: string): ReturnType<typeof run> => {
    writeFileSync(folder.file('tariff.json'), JSON.stringify(value));
    return run(['rate', '--tariff', folder.file('tariff.json')], { input });
  };

  it('prices 37 seconds of 718 a minute in 6 + 1 blocks at 443', async () => {
    const { code, out } = await rate(tariff, `${JSON.stringify(call)}\n`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ charge: '443', currency: 'VND', rated: true, billedSeconds: 37 });
  });

  it('keeps input and output in step over a line that is no call', async () => {
    const { code, out, err } = await rate(tariff, `${JSON.stringify(call)}\nnot json\n${JSON.stringify(call)}\n`);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { charge: string | null });
    expect(lines.map(({ charge }) => charge)).toEqual(['443', null, '443']);
    expect(code).toBe(3);
    expect(err).toContain('Line 2');
  });

  it('refuses a tariff with an unknown key and names the key', async () => {
    const { code, err } = await rate({ ...tariff, roundng: 'up' }, '');
    expect(code).toBe(2);
    expect(err).toContain('roundng');
  });
});
