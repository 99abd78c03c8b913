/** The tables of Viet Nam's numbering plan, day by day. Expected values are those of the published decisions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseNumber } from '../../core/numbering/normalise-number.ts';
import { builtInPlan } from '../../core/numbering/plan.ts';
import type { NumberingSite } from '../../core/numbering/site.ts';

const { vietnam } = builtInPlan();
const haNoi: NumberingSite = {
  countryCode: '84',
  areaCode: '24',
  outsideDigits: ['9'],
  carrierCodes: ['171', '177', '178', '179'],
  extensionMaxDigits: 4,
  internationalPrefixes: ['00'],
  trunkPrefix: '0',
};
const read = (dialled: string, day: string, site = haNoi) => normaliseNumber(dialled, site, day);
const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** New code, old code, first day of the new one, first day without the old one, province before 2025, province since. */
const AREAS = `
203 33 2 Quảng Ninh|Quảng Ninh
204 240 2 Bắc Giang|Bắc Ninh
205 25 2 Lạng Sơn|Lạng Sơn
206 26 2 Cao Bằng|Cao Bằng
207 27 2 Tuyên Quang|Tuyên Quang
208 280 2 Thái Nguyên|Thái Nguyên
209 281 2 Bắc Kạn|Thái Nguyên
210 210 0 Phú Thọ|Phú Thọ
211 211 0 Vĩnh Phúc|Phú Thọ
212 22 1 Sơn La|Sơn La
213 231 1 Lai Châu|Lai Châu
214 20 1 Lào Cai|Lào Cai
215 230 1 Điện Biên|Điện Biên
216 29 1 Yên Bái|Lào Cai
218 218 0 Hòa Bình|Phú Thọ
219 219 0 Hà Giang|Tuyên Quang
220 320 2 Hải Dương|Hải Phòng
221 321 2 Hưng Yên|Hưng Yên
222 241 2 Bắc Ninh|Bắc Ninh
225 31 2 Hải Phòng|Hải Phòng
226 351 2 Hà Nam|Ninh Bình
227 36 2 Thái Bình|Hưng Yên
228 350 2 Nam Định|Ninh Bình
229 30 2 Ninh Bình|Ninh Bình
232 52 1 Quảng Bình|Quảng Trị
233 53 1 Quảng Trị|Quảng Trị
234 54 1 Thừa Thiên Huế|Huế
235 510 1 Quảng Nam|Đà Nẵng
236 511 1 Đà Nẵng|Đà Nẵng
237 37 1 Thanh Hóa|Thanh Hóa
238 38 1 Nghệ An|Nghệ An
239 39 1 Hà Tĩnh|Hà Tĩnh
24 4 3 Hà Nội|Hà Nội
251 61 3 Đồng Nai|Đồng Nai
252 62 3 Bình Thuận|Lâm Đồng
254 64 3 Bà Rịa - Vũng Tàu|Thành phố Hồ Chí Minh
255 55 3 Quảng Ngãi|Quảng Ngãi
256 56 3 Bình Định|Gia Lai
257 57 3 Phú Yên|Đắk Lắk
258 58 3 Khánh Hòa|Khánh Hòa
259 68 3 Ninh Thuận|Khánh Hòa
260 60 3 Kon Tum|Quảng Ngãi
261 501 3 Đắk Nông|Lâm Đồng
262 500 3 Đắk Lắk|Đắk Lắk
263 63 3 Lâm Đồng|Lâm Đồng
269 59 3 Gia Lai|Gia Lai
270 70 3 Vĩnh Long|Vĩnh Long
271 651 3 Bình Phước|Đồng Nai
272 72 3 Long An|Tây Ninh
273 73 3 Tiền Giang|Đồng Tháp
274 650 3 Bình Dương|Thành phố Hồ Chí Minh
275 75 3 Bến Tre|Vĩnh Long
276 66 3 Tây Ninh|Tây Ninh
277 67 3 Đồng Tháp|Đồng Tháp
28 8 3 Thành phố Hồ Chí Minh|Thành phố Hồ Chí Minh
290 780 2 Cà Mau|Cà Mau
291 781 2 Bạc Liêu|Cà Mau
292 710 2 Cần Thơ|Cần Thơ
293 711 2 Hậu Giang|Cần Thơ
294 74 2 Trà Vinh|Vĩnh Long
296 76 2 An Giang|An Giang
297 77 2 Kiên Giang|An Giang
299 79 2 Sóc Trăng|Cần Thơ`
  .trim()
  .split('\n')
  .map((line) => {
    const [, code = '', oldCode = '', phase = '', before = '', since = ''] =
      /^(\d+) (\d+) (\d) ([^|]+)\|(.+)$/.exec(line) ?? [];
    return { code, oldCode, phase: Number(phase), before, since };
  });
const PHASES = [
  { from: '2017-02-11', to: '2017-03-14' },
  { from: '2017-04-15', to: '2017-05-15' },
  { from: '2017-06-17', to: '2017-07-17' },
];
const subscriberOf = (code: string): string => (code.length === 2 ? '38251234' : '3825123');

describe('area codes', () => {
  test('63 areas are 34 provinces since 2025-07-01', () => {
    expect(vietnam.areas).toHaveLength(63);
    expect(AREAS).toHaveLength(63);
    const provincesOn = (day: string): number =>
      new Set(vietnam.areas.map((area) => vietnam.provinceOf(area, day))).size;
    expect(provincesOn('2025-06-30')).toBe(63);
    expect(provincesOn('2025-07-01')).toBe(34);
  });

  test.each(AREAS)('$code is $before, and $since today', ({ code, before, since }) => {
    const subscriber = subscriberOf(code);
    expect(read(`0${code}${subscriber}`, '2024-12-31').destination?.vi).toBe(before);
    const name = read(`0${code}${subscriber}`, '2025-07-01').destination?.vi;
    expect(name).toBe(before === since ? since : `${since} (${before} cũ)`);
  });

  test.each(AREAS.filter(({ phase }) => phase > 0))(
    '$oldCode became $code in phase $phase',
    ({ code, oldCode, phase }) => {
      const { from = '', to = '' } = PHASES[phase - 1] ?? {};
      const subscriber = subscriberOf(code);
      const [dialledOld, dialledNew] = [`0${oldCode}${subscriber}`, `0${code}${subscriber}`];
      const number = `84${code}${subscriber}`;
      expect(read(dialledOld, dayBefore(from))).toMatchObject({ number, notes: ['old-area-code'] });
      expect(read(dialledNew, dayBefore(from)).notes).toEqual(['guess-not-yet-in-plan']);
      for (const day of [from, dayBefore(to)]) {
        expect(read(dialledOld, day)).toMatchObject({ number, notes: ['old-area-code'] });
        expect(read(dialledNew, day)).toMatchObject({ number, notes: [] });
      }
      // 0650 and 0651 with 11 digits are of Internet telephony now.
      const later = vietnam.findNational(dialledOld.slice(1), to);
      expect(later?.state === 'in-use' ? later.range.kind : later?.state).toBe(
        /^65[01]/.test(oldCode) ? 'internet' : 'not-any-more',
      );
      expect(read(dialledNew, to)).toMatchObject({ number, notes: [] });
    },
  );

  test.each(['210', '211', '218', '219'])('%s did not change', (code) => {
    for (const day of ['2010-01-01', '2017-05-01', '2026-11-23']) {
      expect(read(`0${code}3825123`, day)).toMatchObject({ number: `84${code}3825123`, notes: [], band: 'national' });
    }
  });

  test('areas of one merged province are local to each other, the others are not', () => {
    for (const [a, b] of AREAS.flatMap((x) => AREAS.map((y) => [x, y] as const))) {
      const site = { ...haNoi, areaCode: a.code };
      const bandOn = (day: string) => read(`0${b.code}${subscriberOf(b.code)}`, day, site).band;
      expect(bandOn('2025-06-30')).toBe(a.code === b.code ? 'local' : 'national');
      expect(bandOn('2025-07-01')).toBe(a.since === b.since ? 'local' : 'national');
    }
  });

  test('an area code typed as it was before 2017 is understood', () => {
    expect(read('38251234', '2026-11-23', { ...haNoi, areaCode: '04' })).toMatchObject({ number: '842438251234' });
  });

  test('the first digit of a landline tells who the number was given to', () => {
    const operators = ['2', '3', '4', '5', '6', '7'].map((first) => read(`024${first}8251234`, '2026-11-23').operator);
    expect(operators).toEqual(['EVN Telecom', 'VNPT', 'VTC', 'SPT', 'Viettel', 'FPT']);
  });
});

describe('mobile numbers', () => {
  /** Old range, new prefix, operator. */
  const CHANGED =
    '120 70 MobiFone,121 79 MobiFone,122 77 MobiFone,126 76 MobiFone,128 78 MobiFone,123 83 VinaPhone,124 84 VinaPhone,125 85 VinaPhone,127 81 VinaPhone,129 82 VinaPhone,162 32 Viettel,163 33 Viettel,164 34 Viettel,165 35 Viettel,166 36 Viettel,167 37 Viettel,168 38 Viettel,169 39 Viettel,186 56 Vietnamobile,188 58 Vietnamobile,199 59 Gmobile'
      .split(',')
      .map((row) => row.split(' ') as [string, string, string]);

  test.each(CHANGED)('0%s became 0%s of %s', (old, prefix, operator) => {
    const expected = { number: `84${prefix}1234567`, band: 'mobile', operator };
    for (const day of ['2012-01-01', '2018-09-14', '2018-09-15', '2018-11-14']) {
      expect(read(`0${old}1234567`, day)).toMatchObject({ ...expected, notes: ['old-mobile-prefix'] });
    }
    expect(vietnam.findNational(`${old}1234567`, '2018-11-15')?.state).toBe('not-any-more');
    expect(vietnam.findNational(`${prefix}1234567`, '2018-09-14')?.state).not.toBe('in-use');
    expect(read(`0${prefix}1234567`, '2018-09-15')).toMatchObject({ ...expected, notes: [] });
  });

  test.each([
    ['Viettel', '86 96 97 98 32 39'],
    ['VinaPhone', '81 82 83 84 85 88 91 94'],
    ['MobiFone', '70 76 77 78 79 89 90 93'],
    ['Vietnamobile', '52 56 58 92'],
    ['Gmobile', '59 993 994 995 996 997'],
    ['Wintel', '559'],
    ['Itel', '87 998 999'],
  ])('%s was given %s', (operator, prefixes) => {
    for (const prefix of prefixes.split(' ')) {
      const dialled = `0${prefix.padEnd(9, '1')}`;
      expect(read(dialled, '2026-11-23')).toMatchObject({
        band: 'mobile',
        operator,
        destination: { en: `${operator} mobile` },
      });
    }
  });

  test.each(['030', '051', '095', '0990', '0991'])('%s is mobile by one source only', (prefix) => {
    const made = read(prefix.padEnd(10, '2'), '2026-11-23');
    expect(made).toMatchObject({ band: 'mobile', operator: undefined, notes: ['guess-unsure-range'] });
  });

  test('0862 was a landline of Ho Chi Minh City until 08 became 028', () => {
    expect(read('0862651234', '2016-06-01')).toMatchObject({
      number: '842862651234',
      operator: 'Viettel',
      kind: 'fixed',
    });
    expect(read('0868651234', '2016-06-01')).toMatchObject({ number: '84868651234', kind: 'mobile' });
    expect(read('0862651234', '2018-01-01')).toMatchObject({ number: '84862651234', kind: 'mobile' });
  });

  test('between the end of 08 and the new 08x nobody knows which was meant', () => {
    expect(read('0838251234', '2018-01-01')).toMatchObject({ number: '842838251234' });
    expect(read('0838251234', '2018-01-01').notes).toContain('guess-old-or-new-plan');
  });

  test('VSAT moved from 0992 to 0672', () => {
    expect(read('0992123456', '2016-01-01')).toMatchObject({ number: '84672123456', kind: 'vsat' });
    expect(read('0672123456', '2026-11-23')).toMatchObject({ number: '84672123456', kind: 'vsat', band: 'national' });
  });
});

describe('short and service numbers', () => {
  test.each([
    ['111', 'emergency'],
    ['112', 'emergency'],
    ['113', 'emergency'],
    ['114', 'emergency'],
    ['115', 'emergency'],
    ['116', 'service'],
    ['117', 'service'],
    ['119', 'service'],
    ['1022', 'service'],
    ['1080', 'service'],
    ['1088', 'service'],
    ['801234', 'service'],
    ['8012345', 'service'],
    ['9191', 'service'],
    ['1719', 'service'],
    ['18001090', 'free'],
    ['180012345', 'free'],
    ['1800123456', 'free'],
    ['12011234', 'free'],
    ['12281234', 'free'],
    ['19001234', 'premium'],
    ['1900123456', 'premium'],
    ['6912345', 'service'],
    ['1991234', 'service'],
    ['7991234', 'service'],
    ['0651234567', 'unknown'],
    ['06512345678', 'national'],
  ])('%s is %s, with and without the outside digit, on a trunk or not', (dialled, band) => {
    for (const isOverTrunk of [false, true]) {
      const options = { isOverTrunk };
      expect(normaliseNumber(dialled, haNoi, '2026-11-23', options)).toMatchObject({ band });
      expect(normaliseNumber(`9${dialled}`, haNoi, '2026-11-23', options)).toMatchObject({ band });
    }
  });

  test('few digits over a trunk are a short number and no extension', () => {
    const site = { ...haNoi, extensionMaxDigits: 5 };
    expect(normaliseNumber('91000', site, '2026-11-23')).toMatchObject({ band: 'internal' });
    expect(normaliseNumber('91000', site, '2026-11-23', { isOverTrunk: true })).toMatchObject({
      band: 'service',
      isInternal: false,
    });
    const made = normaliseNumber('1414', haNoi, '2026-11-23', { isOverTrunk: true });
    expect(made).toMatchObject({ number: '841414', band: 'service', notes: ['guess-short-number'] });
    const tieLine = normaliseNumber('2045', haNoi, '2026-11-23', { isOverTrunk: true });
    expect(tieLine).toMatchObject({ band: 'internal', notes: ['guess-internal-over-trunk'] });
  });

  test('ranges of extensions decide where they are given', () => {
    const site = {
      ...haNoi,
      extensionRanges: [
        { from: '200', to: '299' },
        { from: '60100', to: '60199' },
      ],
    };
    expect(read('245', '2026-11-23', site)).toMatchObject({ band: 'internal' });
    expect(read('60150', '2026-11-23', site)).toMatchObject({ band: 'internal' });
    expect(read('345', '2026-11-23', site)).toMatchObject({ band: 'unknown' });
  });
});

describe('the plan as a whole', () => {
  const number = fc.oneof(
    fc.stringMatching(/^0[1-9]\d{7,10}$/),
    fc.stringMatching(/^9?0(2\d{9}|[3-9]\d{8}|1\d{9})$/),
    fc.stringMatching(/^(1[01289]\d{1,8}|[2-8]\d{6,7})$/),
    fc.constantFrom(
      ...AREAS.flatMap(({ code, oldCode }) => [`0${code}${subscriberOf(code)}`, `0${oldCode}${subscriberOf(code)}`]),
    ),
  );

  test('the days on which it changes are the listed ones', () => {
    const listed = [
      ...PHASES.flatMap(({ from, to }) => [from, to]),
      ...[
        '2015-12-31',
        '2016-02-04',
        '2016-03-05',
        '2018-09-15',
        '2018-11-15',
        '2019-07-01',
        '2025-01-01',
        '2025-07-01',
      ],
    ];
    expect(vietnam.borders).toEqual([...new Set(listed)].toSorted());
  });

  test('nothing changes a reading but such a day', () => {
    const day = fc
      .date({ min: new Date('2010-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
      .filter((text) => !vietnam.borders.includes(text));
    fc.assert(
      fc.property(number, day, (dialled, today) => {
        expect(read(dialled, today)).toEqual(read(dialled, dayBefore(today)));
      }),
      { numRuns: 1000 },
    );
  });

  test('a number made once is made again from its own form, with the same band', () => {
    const site = fc.constantFrom(...AREAS.map(({ code }) => ({ ...haNoi, areaCode: code })));
    fc.assert(
      fc.property(number, site, fc.constantFrom('', ...vietnam.borders), (dialled, at, day) => {
        const today = day === '' ? '2010-01-01' : day;
        const once = normaliseNumber(dialled, at, today, { isOverTrunk: true });
        // Digits that nothing knows carry no country code.
        fc.pre(!once.isInternal && once.band !== 'unknown');
        const again = normaliseNumber(`+${once.number}`, at, '2026-11-23');
        expect(again.number).toBe(once.number);
        const sure = !once.notes.some((note) => note.startsWith('guess-'));
        if (sure && today >= '2025-07-01') expect(again).toMatchObject({ band: once.band, kind: once.kind });
      }),
      { numRuns: 2000 },
    );
  });

  test('every number that the plan has in use has one band other than unknown', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{6,9}$/), fc.constantFrom(...vietnam.borders), (national, day) => {
        const found = vietnam.findNational(national, day);
        fc.pre(found?.state === 'in-use');
        const made = read(`0${national}`, day);
        expect(made.band).not.toBe('unknown');
        expect(made).toMatchObject({ kind: found?.range.kind, country: 'VN' });
      }),
      { numRuns: 2000 },
    );
  });
});
