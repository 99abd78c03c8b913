import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseNumber, numberNormaliser } from '../../core/numbering/normalise-number.ts';
import { builtInPlan } from '../../core/numbering/plan.ts';
import type { NumberingSite } from '../../core/numbering/site.ts';

const haNoi: NumberingSite = {
  countryCode: '84',
  areaCode: '24',
  outsideDigits: ['9'],
  carrierCodes: ['171', '177', '178', '179'],
  extensionMaxDigits: 4,
  internationalPrefixes: ['00'],
  trunkPrefix: '0',
};
const saiGon = { ...haNoi, areaCode: '28' };
const daNang = { ...haNoi, areaCode: '236' };
const behindZero = { ...haNoi, outsideDigits: ['0'] };
const today = '2026-11-23';
const { vietnam, world } = builtInPlan();

describe('numbers dialled in Viet Nam', () => {
  test.each([
    '0981234567',
    '+84981234567',
    '0084981234567',
    '84981234567',
    '90981234567',
    '9 098 123 45 67',
    '098.123-4567',
    '9P0981234567',
    '9,0981234567',
    '0981234567F101',
    '0981234567P12#',
    '+84 (0) 981234567',
    '840981234567',
    '+0084981234567',
    '+0981234567',
    '9+84981234567',
    '171 0084981234567',
  ])('%s is one mobile number', (dialled) => {
    expect(normaliseNumber(dialled, haNoi, today)).toMatchObject({ number: '84981234567', band: 'mobile' });
  });

  test.each([
    ['02438251234', 'local', '842438251234'],
    ['38251234', 'local', '842438251234'],
    ['938251234', 'local', '842438251234'],
    ['02838251234', 'national', '842838251234'],
    ['902838251234', 'national', '842838251234'],
    ['02743825123', 'national', '842743825123'],
    ['18001091', 'free', '8418001091'],
    ['1800123456', 'free', '841800123456'],
    ['919001234', 'premium', '8419001234'],
    ['19008055', 'premium', '8419008055'],
    ['113', 'emergency', '84113'],
    ['9115', 'emergency', '84115'],
    ['1080', 'service', '841080'],
    ['801123', 'service', '84801123'],
    ['069123456', 'service', '8469123456'],
    ['0044207946012', 'international', '44207946012'],
    ['90012125550123', 'international', '12125550123'],
    ['101', 'internal', '101'],
    ['2045', 'internal', '2045'],
    ['*21#', 'internal', '*21#'],
    ['', 'unknown', ''],
  ])('%s is %s', (dialled, band, number) => {
    expect(normaliseNumber(dialled, haNoi, today)).toMatchObject({ band, number, isInternal: band === 'internal' });
  });

  test.each(['113', '115', '1800123456', '19001234', '+19001234', '0019001234', '9113', '919001234'])(
    '%s is never North America',
    (dialled) => {
      expect(normaliseNumber(dialled, haNoi, today).number).toMatch(/^841/);
    },
  );

  test('a carrier code is cut, kept, and leaves the number behind it', () => {
    const national = normaliseNumber('17102838251234', haNoi, today);
    expect(national).toMatchObject({ accessCode: '171', number: '842838251234', notes: ['carrier-code-cut'] });
    const abroad = normaliseNumber('91780044207946012', haNoi, today);
    expect(abroad).toMatchObject({
      accessCode: '178',
      outsideDigits: '9',
      number: '44207946012',
      band: 'international',
    });
  });

  test.each(vietnam.carriers)('$code of $operator goes before a number of any form', ({ code }) => {
    const site = { ...haNoi, carrierCodes: vietnam.carriers.map((carrier) => carrier.code) };
    for (const [dialled, number] of [
      [`${code}02838251234`, '842838251234'],
      [`9${code}0981234567`, '84981234567'],
      [`${code}0044207946012`, '44207946012'],
      [`9${code}008613812345678`, '8613812345678'],
    ] as const) {
      expect(normaliseNumber(dialled, site, today)).toMatchObject({ accessCode: code, number });
    }
  });

  test('an outside digit 0 does not hide numbers abroad', () => {
    expect(normaliseNumber('00981234567', behindZero, today)).toMatchObject({
      number: '84981234567',
      outsideDigits: '0',
    });
    expect(normaliseNumber('0981234567', behindZero, today)).toMatchObject({ number: '84981234567' });
    expect(normaliseNumber('008613812345678', behindZero, today)).toMatchObject({ number: '8613812345678' });
    expect(normaliseNumber('00044207946012', behindZero, today)).toMatchObject({ number: '44207946012' });
  });

  test('digits that make sense with and without the outside digit are a guess and say so', () => {
    expect(normaliseNumber('981234567', haNoi, today).notes).toContain('guess-outside-digit');
    expect(normaliseNumber('90981234567', haNoi, today).notes).toEqual(['outside-digit-cut']);
    expect(normaliseNumber('9113', haNoi, today).notes).toEqual(['outside-digit-cut']);
  });

  test('a prefix behind the outside digit weighs more than a country that the outside digit begins', () => {
    expect(normaliseNumber('90241234567', haNoi, today)).toMatchObject({
      number: '84241234567',
      outsideDigits: '9',
      band: 'unknown',
    });
  });

  test('digits printed as X stay out of the number and are noted', () => {
    const hidden = normaliseNumber('0912XXXXXX', haNoi, today);
    expect(hidden).toMatchObject({ number: '84912', band: 'mobile' });
    expect(hidden.notes).toContain('digits-hidden');
  });

  test('the area code of the site may be written with its 0', () => {
    expect(normaliseNumber('38251234', { ...haNoi, areaCode: '024' }, today)).toMatchObject({ number: '842438251234' });
  });

  test('a missing 0 is a guess and says so', () => {
    expect(normaliseNumber('912345678', daNang, today)).toMatchObject({
      number: '84912345678',
      notes: ['guess-trunk-prefix-missing'],
    });
  });
});

describe('the numbering plan of the day', () => {
  test('an 11-digit mobile number takes its new prefix', () => {
    expect(normaliseNumber('01681234567', haNoi, '2018-05-01')).toMatchObject({
      number: '84381234567',
      band: 'mobile',
    });
    expect(normaliseNumber('01231234567', haNoi, today)).toMatchObject({
      number: '84831234567',
      notes: ['old-mobile-prefix'],
    });
    expect(normaliseNumber('01991234567', haNoi, '2018-09-20')).toMatchObject({ number: '84591234567' });
  });

  test('digits of an old area code became a mobile prefix in 2018', () => {
    expect(normaliseNumber('0838251234', saiGon, '2016-05-01')).toMatchObject({
      number: '842838251234',
      band: 'local',
    });
    expect(normaliseNumber('0838251234', saiGon, today)).toMatchObject({ number: '84838251234', band: 'mobile' });
    expect(normaliseNumber('0363825123', haNoi, '2016-05-01')).toMatchObject({
      number: '842273825123',
      band: 'national',
    });
    expect(normaliseNumber('0363825123', haNoi, today)).toMatchObject({ number: '84363825123', band: 'mobile' });
    expect(normaliseNumber('0438251234', haNoi, '2016-05-01')).toMatchObject({ number: '842438251234', band: 'local' });
  });

  test.each(vietnam.areas.filter((area) => area.code !== area.oldCode))('old code $oldCode is $code', (area) => {
    const subscriber = area.code.length === 2 ? '38251234' : '3825123';
    const { number } = normaliseNumber(`0${area.oldCode}${subscriber}`, haNoi, '2016-05-01');
    expect(number).toBe(`84${area.code}${subscriber}`);
  });

  test('areas of one merged province are local to each other from 2025-07-01', () => {
    const bandFrom = (site: NumberingSite, day: string) => normaliseNumber('02743825123', site, day).band;
    expect(bandFrom(saiGon, '2025-06-30')).toBe('national');
    expect(bandFrom(saiGon, '2025-07-01')).toBe('local');
    expect(bandFrom(haNoi, '2025-07-01')).toBe('national');
  });
});

describe('numbers dialled elsewhere', () => {
  const newYork: NumberingSite = {
    countryCode: '1',
    areaCode: '212',
    outsideDigits: ['9'],
    carrierCodes: [],
    extensionMaxDigits: 4,
    internationalPrefixes: ['011'],
    trunkPrefix: '1',
  };
  const london: NumberingSite = {
    countryCode: '44',
    areaCode: '20',
    outsideDigits: ['9'],
    carrierCodes: [],
    extensionMaxDigits: 4,
    internationalPrefixes: ['00'],
    trunkPrefix: '0',
  };
  test.each([
    ['912125551234', newYork, '12125551234', 'local'],
    ['4155551234', newYork, '14155551234', 'national'],
    ['5551234', newYork, '12125551234', 'local'],
    ['9911', newYork, '1911', 'emergency'],
    ['01184981234567', newYork, '84981234567', 'international'],
    ['902079460123', london, '442079460123', 'local'],
    ['01612345678', london, '441612345678', 'national'],
    ['0084981234567', london, '84981234567', 'international'],
    ['1234', london, '1234', 'internal'],
  ] as const)('%s', (dialled, site, number, band) => {
    expect(normaliseNumber(dialled, site, today)).toMatchObject({ number, band });
  });

  test('countries are named, North America by its own codes', () => {
    const vi = (number: string) => world.find(number)?.range.name.vi;
    expect(vi('12125550123')).toBe('Hoa Kỳ');
    expect(vi('14165550123')).toBe('Canada');
    expect(vi('18769012345')).toMatch(/^Jamaica/);
    expect(vi('77012345678')).toBe('Kazakhstan, di động');
    expect(vi('74951234567')).toBe('Nga');
    expect(vi('85221234567')).toBe('Hồng Kông');
    expect(vi('000')).toBeUndefined();
  });
});

describe('any text', () => {
  test('never throws, and the memory gives the same answer', () => {
    const normalise = numberNormaliser(haNoi);
    const dialled = fc.oneof(fc.string(), fc.stringMatching(/^9?(17[178])?(0|00|\+)?\d{0,14}[P*#FX]?\d{0,3}$/));
    fc.assert(
      fc.property(dialled, fc.constantFrom('2016-01-01', '2018-09-15', '2025-07-01'), (text, day) => {
        const made = normaliseNumber(text, haNoi, day);
        expect(normalise(text, day)).toEqual(made);
        expect(normalise(text, day)).toEqual(made);
        if (!made.isInternal) expect(made.number).toMatch(/^\d*$/);
      }),
      { numRuns: 500 },
    );
  });
});
