/** Numbers abroad, offices abroad, and plan files from outside. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanDialled } from '../../core/numbering/clean-dialled.ts';
import { normaliseNumber } from '../../core/numbering/normalise-number.ts';
import { builtInPlan, dialPrefixesOf, planWith } from '../../core/numbering/plan.ts';
import type { NumberingSite } from '../../core/numbering/site.ts';

const plan = builtInPlan();
const today = '2026-11-23';
const siteIn = (countryCode: string, areaCode = ''): NumberingSite => ({
  countryCode,
  areaCode,
  outsideDigits: [],
  carrierCodes: [],
  extensionMaxDigits: 4,
  ...dialPrefixesOf(countryCode, plan),
});
const haNoi = siteIn('84', '24');

describe('numbers abroad, dialled in Viet Nam', () => {
  test.each([
    ['00442079460123', 'GB', 'fixed', 'Vương quốc Anh'],
    ['00447400123456', 'GB', 'mobile', 'Vương quốc Anh, di động'],
    ['00448001234567', 'GB', 'freephone', 'Vương quốc Anh, số miễn cước'],
    ['00449012345678', 'GB', 'premium', 'Vương quốc Anh, số cước cao'],
    ['00441534123456', 'JE', 'fixed', 'Jersey'],
    ['00447797712345', 'JE', 'mobile', 'Jersey, di động'],
    ['00390612345678', 'IT', 'fixed', 'Ý'],
    ['00390669812345', 'VA', 'fixed', 'Thành Vatican'],
    ['00393123456789', 'IT', 'mobile', 'Ý, di động'],
    ['0074951234567', 'RU', 'fixed', 'Nga'],
    ['0079123456789', 'RU', 'mobile', 'Nga, di động'],
    ['0077172123456', 'KZ', 'fixed', 'Kazakhstan'],
    ['0077710009998', 'KZ', 'mobile', 'Kazakhstan, di động'],
    ['0012125550123', 'US', 'fixed-or-mobile', 'Hoa Kỳ'],
    ['0014165550123', 'CA', 'fixed-or-mobile', 'Canada'],
    ['0018765230123', 'JM', 'fixed', 'Jamaica'],
    ['0018682211234', 'TT', 'fixed', 'Trinidad và Tobago'],
    ['0017875550123', 'PR', 'fixed-or-mobile', 'Puerto Rico'],
    ['0018002345678', '+1', 'freephone', 'Bắc Mỹ, số miễn cước'],
    ['0019002345678', '+1', 'premium', 'Bắc Mỹ, số cước cao'],
    ['0080012345678', '+800', 'freephone', 'Miễn cước quốc tế'],
    ['00870773111632', '+870', 'satellite', 'Vệ tinh Inmarsat'],
    ['00881612345678', '+881', 'satellite', 'Vệ tinh toàn cầu'],
    ['008821612345678', '+882', 'satellite', 'Mạng quốc tế, vệ tinh'],
    ['00979123456789', '+979', 'premium', 'Cước cao quốc tế'],
    ['006591234567', 'SG', 'mobile', 'Singapore, di động'],
    ['008613812345678', 'CN', 'mobile', 'Trung Quốc, di động'],
    ['0085221234567', 'HK', 'fixed', 'Hồng Kông'],
  ] as const)('%s is %s, %s', (dialled, country, kind, vi) => {
    const made = normaliseNumber(dialled, haNoi, today);
    expect(made).toMatchObject({
      band: 'international',
      number: dialled.slice(2),
      country,
      kind,
      destination: { vi },
    });
  });

  test('a 0 left between country code and number is taken out, unless it belongs there', () => {
    expect(normaliseNumber('+44 (0)20 7946 0123', haNoi, today)).toMatchObject({
      number: '442079460123',
      notes: ['trunk-prefix-cut'],
    });
    expect(normaliseNumber('+39 06 1234 5678', haNoi, today)).toMatchObject({ number: '390612345678', notes: [] });
  });

  test('digits that no country has are said to be so', () => {
    expect(normaliseNumber('002101234567', haNoi, today).notes).toEqual(['guess-unknown-range']);
    expect(normaliseNumber('004420', haNoi, today).notes).toEqual(['guess-unknown-range']);
  });

  test('every country has both names, and every range of it is found again', () => {
    const file = JSON.parse(
      readFileSync(path.join(import.meta.dirname, '../../core/numbering/plan/world.json'), 'utf8'),
    ) as { codes: { code: string; ranges: Record<string, string> }[] };
    for (const { code, ranges } of file.codes) {
      for (const [label, prefixes] of Object.entries(ranges)) {
        for (const prefix of prefixes.split(' ')) {
          const range = plan.world.find(code + prefix)?.range;
          expect(`${range?.region}:${range?.kind}`).toBe(label);
          expect(range?.name.en).toMatch(/\S/);
          expect(range?.name.vi).toMatch(/\S/);
        }
      }
    }
  });

  test('any number abroad is made again from its own form', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^00[1-9]\d{6,13}$/), (dialled) => {
        const once = normaliseNumber(dialled, haNoi, today);
        expect(normaliseNumber(`+${once.number}`, haNoi, today)).toMatchObject({
          number: once.number,
          band: once.band,
          country: once.country,
          kind: once.kind,
        });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('offices abroad', () => {
  test.each([
    ['44', '20', '07400123456', '447400123456', 'mobile'],
    ['44', '20', '08001234567', '448001234567', 'free'],
    ['44', '20', '09012345678', '449012345678', 'premium'],
    ['44', '20', '01612345678', '441612345678', 'national'],
    ['39', '06', '0612345678', '390612345678', 'local'],
    ['39', '06', '0212345678', '390212345678', 'national'],
    ['39', '06', '3123456789', '393123456789', 'mobile'],
    ['39', '06', '0084981234567', '84981234567', 'international'],
    ['7', '495', '89123456789', '79123456789', 'mobile'],
    ['7', '495', '88001234567', '78001234567', 'free'],
    ['7', '495', '87172123456', '77172123456', 'international'],
    ['7', '495', '81084981234567', '84981234567', 'international'],
    ['1', '212', '18002345678', '18002345678', 'free'],
    ['1', '212', '14165550123', '14165550123', 'international'],
    ['1', '212', '17875550123', '17875550123', 'national'],
    ['1', '416', '12125550123', '12125550123', 'international'],
    ['1', '416', '16045550123', '16045550123', 'national'],
    ['65', '', '91234567', '6591234567', 'mobile'],
    ['65', '', '61234567', '6561234567', 'national'],
  ] as const)('+%s (%s): %s is %s, %s', (countryCode, areaCode, dialled, number, band) => {
    expect(normaliseNumber(dialled, siteIn(countryCode, areaCode), today)).toMatchObject({ number, band });
  });

  test('prefixes of a country are known by its code', () => {
    expect(dialPrefixesOf('1', plan)).toEqual({ trunkPrefix: '1', internationalPrefixes: ['011'] });
    expect(dialPrefixesOf('7', plan)).toEqual({ trunkPrefix: '8', internationalPrefixes: ['810'] });
    expect(dialPrefixesOf('39', plan)).toEqual({ trunkPrefix: '', internationalPrefixes: ['00'] });
    expect(dialPrefixesOf('84', plan)).toEqual({ trunkPrefix: '0', internationalPrefixes: ['00'] });
    expect(dialPrefixesOf('999', plan)).toEqual({ trunkPrefix: '0', internationalPrefixes: ['00'] });
  });
});

describe('what a PBX prints', () => {
  test.each([
    ['0981234567,,123#', '0981234567', ['tail-cut']],
    ['0981234567*99', '0981234567', ['tail-cut']],
    ['9W0981234567', '90981234567', []],
    ['0981234567x101', '0981234567', ['tail-cut']],
    ['0912XXXXXX', '0912000000', ['digits-hidden']],
    ['0912XXX678', '0912000000', ['digits-hidden']],
    ['+84 (24) 3825-1234', '842438251234', []],
  ] as const)('%s', (printed, digits, notes) => {
    expect(cleanDialled(printed)).toMatchObject({ digits, notes });
  });
});

describe('plan files from outside', () => {
  const fileOf = (name: string) =>
    JSON.parse(
      readFileSync(path.join(import.meta.dirname, `../../core/numbering/plan/${name}.json`), 'utf8'),
    ) as Record<string, unknown>;
  const { vietnam, world } = { vietnam: fileOf('vietnam'), world: fileOf('world') };
  const services = vietnam['services'] as object[];
  const withHotline = [
    ...services,
    { prefixes: '1055', digits: '4', kind: 'service', en: 'Tax office', vi: 'Tổng đài thuế', from: '2027-03-01' },
  ];

  test('a newer one is used, by its own dates', () => {
    const offered = planWith({ vietnam: { ...vietnam, version: '2027-01-15', services: withHotline } });
    expect(offered.refused).toEqual([]);
    const read = (day: string) => normaliseNumber('1055', haNoi, day, { plan: offered.plan });
    expect(read('2027-02-28')).toMatchObject({ band: 'internal' });
    expect(read('2027-03-01')).toMatchObject({ band: 'service', destination: { vi: 'Tổng đài thuế' } });
  });

  test('an older one is not', () => {
    const offered = planWith({ vietnam: { ...vietnam, version: '2020-01-01', services: withHotline } });
    expect(offered.refused).toEqual([]);
    expect(offered.plan.vietnam).toBe(plan.vietnam);
  });

  const newer = { ...vietnam, version: '2027-01-15' };
  test.each([
    ['no object', null, '', 'wrong'],
    ['another layout', { ...newer, layout: 2 }, 'layout', 'other-layout'],
    ['no areas', { ...newer, areas: [] }, 'areas', 'missing'],
    ['a wrong day', { ...newer, phases: [{ from: '2017-13-01', to: '2017-03-14' }] }, 'phases[0].from', 'wrong'],
    [
      'an unknown kind',
      { ...newer, services: [{ prefixes: '113', digits: '3', kind: 'police', en: 'x', vi: 'x' }] },
      'services[0].kind',
      'unknown-kind',
    ],
    [
      'two meanings of one number',
      { ...newer, services: [...services, { prefixes: '113', digits: '3', kind: 'premium', en: 'x', vi: 'x' }] },
      '113 with 3 digits on ',
      'twice',
    ],
  ])('%s is refused and named, and the built-in plan stays', (_what, file, where, problem) => {
    const offered = planWith({ vietnam: file });
    expect(offered.plan.vietnam).toBe(plan.vietnam);
    expect(offered.refused[0]?.problems).toContainEqual({ path: where, problem });
  });

  test('a newer world is used, a damaged one is refused', () => {
    const newWorld = { ...world, version: '2027-01-15' };
    expect(planWith({ world: newWorld }).plan.world.version).toBe('2027-01-15');
    const damaged = planWith({ world: { ...newWorld, names: {} } });
    expect(damaged.plan.world).toBe(plan.world);
    expect(damaged.refused[0]).toMatchObject({ file: 'world' });
  });

  test('no text in place of a file makes it throw', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const offered = planWith({ vietnam: value, world: value });
        expect(offered.plan.vietnam).toBe(plan.vietnam);
      }),
    );
  });
});
