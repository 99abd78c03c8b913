import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Band } from '../../core/model/call.ts';
import type { CallingRight, CodePolicy } from '../../core/model/code-policy.ts';
import { showCode } from '../../core/model/masking.ts';
import { numberNormaliser } from '../../core/numbering/normalise-number.ts';
import { builtInPlan } from '../../core/numbering/plan.ts';
import type { NumberingSite } from '../../core/numbering/site.ts';
import { type AsteriskInput, asteriskSheet } from '../../core/policy/pbx-sheets/asterisk.ts';
import { numberPatterns } from '../../core/policy/pbx-sheets/number-patterns.ts';
import { findExten, follow, readDialplan } from './dialplan.ts';
import { at, hours, judgeOf, policy, WORKDAYS } from './policy-fixture.ts';

const DAY = '2026-11-09';
const hanoi: NumberingSite = {
  countryCode: '84',
  areaCode: '24',
  outsideDigits: ['9'],
  carrierCodes: ['171'],
  extensionMaxDigits: 5,
  internationalPrefixes: ['00'],
  trunkPrefix: '0',
};
const numbers = numberPatterns(hanoi, builtInPlan(), DAY);

const office: CallingRight = {
  id: 'o',
  name: 'Office; all of it',
  hours: [hours('mobile', { weekdays: WORKDAYS, from: '08:00', to: '17:30' }), hours('local')],
};
const night: CallingRight = {
  id: 'n',
  name: 'Night',
  hours: [hours('international', { weekdays: [5, 7], from: '22:00', to: '06:00' })],
};
const CODES = [
  { code: '4711', ownerName: 'Hà', right: office },
  { code: '4712', ownerName: 'Bình', right: night },
  { code: '4713', ownerName: 'An', right: undefined },
];
const RULES: CodePolicy = policy({
  groups: [
    {
      name: 'Lobby',
      sourceIds: [],
      extensions: [
        { first: '200', last: '219' },
        { first: 'gate-1', last: null },
      ],
      mode: 'restricted',
      withoutCode: { upTo: 'local', also: ['service'] },
    },
    {
      name: 'Boss',
      sourceIds: [1],
      extensions: [{ first: '300', last: null }],
      mode: 'none',
      withoutCode: { upTo: null, also: [] },
    },
  ],
  rights: [office, night],
  assignments: [
    { id: '1', holder: { kind: 'code', first: '4711', last: null }, rightId: 'o', validFrom: null, validTo: null },
    { id: '2', holder: { kind: 'code', first: '4712', last: null }, rightId: 'n', validFrom: null, validTo: null },
  ],
});

function sheetOf(changes: Partial<AsteriskInput> = {}) {
  return asteriskSheet({
    day: DAY,
    policy: RULES,
    sourceId: 1,
    codes: CODES,
    numbers,
    outsideDigits: ['9'],
    store: 'database',
    write: showCode,
    ...changes,
  });
}

const textOf = (sheet: ReturnType<typeof sheetOf>, name: string): string =>
  sheet.files.find((file) => file.name === name)?.text ?? '';

/** What `asterisk -rx` of the script leaves in AstDB. */
function databaseOf(script: string): ReadonlyMap<string, string> {
  return new Map(
    [...script.matchAll(/^asterisk -rx 'database put (\S+) (\S+) (\S+)'$/gm)].map(([, family, key, value]) => [
      `${family}/${key}`,
      value ?? '',
    ]),
  );
}

const NUMBERS: readonly (readonly [dialled: string, band: Band])[] = [
  ['113', 'emergency'],
  ['115', 'emergency'],
  ['18001090', 'free'],
  ['1800555567', 'free'],
  ['19001234', 'premium'],
  ['1080', 'service'],
  ['38250000', 'local'],
  ['02438250000', 'local'],
  ['02838250000', 'national'],
  ['02363825000', 'national'],
  ['0912345678', 'mobile'],
  ['0356789012', 'mobile'],
  ['0065612345678', 'international'],
  ['1710912345678', 'mobile'],
  ['17100065612345678', 'international'],
];
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

describe('the patterns of numbers', () => {
  const normalise = numberNormaliser(hanoi, builtInPlan());
  const contexts = readDialplan(
    textOf(sheetOf({ policy: { ...RULES, exceptions: { emergency: false, free: false } } }), 'tollbook-rules.conf'),
  );

  it.each(NUMBERS)('say of %s what Tollbook says: %s', (dialled, band) => {
    expect(normalise(dialled, DAY, true).band).toBe(band);
    const behind = dialled.startsWith('1710') ? dialled.slice(3) : dialled;
    const context = contexts.get('tollbook-band');
    const exten = context === undefined ? undefined : findExten(context, behind);
    expect(exten === undefined ? undefined : context?.get(exten)?.[0]?.argument).toBe(band);
  });
});

describe('the dialplan for Asterisk', () => {
  const sheet = sheetOf();
  const plan = readDialplan(textOf(sheet, 'tollbook-rules.conf'));
  const database = databaseOf(textOf(sheet, 'tollbook-codes.sh'));
  const judge = judgeOf(RULES);

  it('holds no code, and the file of codes says that it does', () => {
    expect(sheet.files.map(({ name, hasCodes }) => `${name} ${hasCodes}`)).toEqual([
      'tollbook-rules.conf false',
      'tollbook-codes.sh true',
    ]);
    for (const { code } of CODES) expect(textOf(sheet, 'tollbook-rules.conf')).not.toContain(code);
    expect([...database]).toEqual([
      ['tollbook-code/4711', 'r1'],
      ['tollbook-code/4712', 'r2'],
      ['tollbook-code/4713', 'all'],
    ]);
  });

  it('lets through exactly the calls that obey', () => {
    const calls = fc.record({
      number: fc.constantFrom(...NUMBERS),
      extension: fc.constantFrom('199', '200', '219', '220', '300', '0200', '2000', 'gate-1', 'x200'),
      code: fc.option(fc.constantFrom('4711', '4712', '4713', '9999')),
      day: fc.integer({ min: 0, max: 6 }),
      minute: fc.integer({ min: 0, max: 1439 }),
    });
    fc.assert(
      fc.property(calls, ({ number: [dialled, band], extension, code, day, minute }) => {
        // 2026-11-09 is a Monday.
        const startLocalS = at('2026-11-09 00:00') + day * 86_400 + minute * 60;
        const call = {
          dialled: `9${dialled}`,
          callerId: extension,
          code: code ?? undefined,
          minuteOfDay: minute,
          weekday: WEEK[day] ?? '',
          database: (path: string) => database.get(path),
          file: () => [],
        };
        const result = follow(plan, call);
        const isKnown = code !== null && code !== '9999';
        const reason = isKnown ? 'code' : code === null ? 'no-code' : 'unknown-code';
        // A code that nobody asked for is not keyed, so the record has none.
        const keyed = result.wasAsked ? ({ code, reason } as const) : ({ code: null, reason: 'no-code' } as const);
        const verdict = judge({
          startLocalS,
          direction: 'outgoing',
          sourceId: 1,
          extension,
          band,
          personId: undefined,
          departmentId: undefined,
          ...keyed,
        })?.verdict;
        expect(result.sent === undefined ? 'refused' : 'sent', JSON.stringify({ call, result, verdict })).toBe(
          verdict === 'obeys' ? 'sent' : 'refused',
        );
        if (result.sent !== undefined) expect(result.sent).toContain(`PJSIP/${dialled}@`);
        if (result.sent !== undefined && result.wasAsked) expect(result.accountCode).toBe(code);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves extensions alone where no outside digit is dialled', () => {
    const direct = readDialplan(textOf(sheetOf({ outsideDigits: [''] }), 'tollbook-rules.conf')).get(
      'tollbook-outside',
    );
    if (direct === undefined) throw new Error('no entrance');
    expect(findExten(direct, '201')).toBeUndefined();
    expect(findExten(direct, '0912345678')).toBe('_0[135789]X.');
    expect(findExten(direct, '113')).toBe('113');
  });

  it('leaves out what belongs to another PBX', () => {
    const other = textOf(sheetOf({ sourceId: 2 }), 'tollbook-rules.conf');
    expect(other).toContain('Lobby');
    expect(other).not.toContain('Boss');
  });

  it('says what the PBX cannot be told', () => {
    expect(sheet.limits).toEqual([]);
    expect(sheetOf({ store: 'file' }).limits).toEqual(['hours-not-in-files']);
    const holiday = { ...office, hours: [hours('mobile', { holidays: 'never' })] };
    expect(sheetOf({ policy: { ...RULES, rights: [holiday] } }).limits).toEqual(['holidays-unknown']);
    const odd = [...CODES, { code: '47#1', ownerName: 'Lan', right: undefined }];
    expect(sheetOf({ codes: odd }).limits).toEqual(['codes-left-out']);
    const elsewhere = numberPatterns({ ...hanoi, countryCode: '49', areaCode: '30' }, builtInPlan(), DAY);
    expect(sheetOf({ numbers: elsewhere }).limits).toEqual(['numbers-by-prefix']);
  });

  it('asks for as many digits as codes have, where all have as many', () => {
    expect(textOf(sheet, 'tollbook-rules.conf')).toContain('Authenticate(/tollbook-code,da,4)');
    const longer = [...CODES, { code: '123456', ownerName: 'Lan', right: undefined }];
    expect(textOf(sheetOf({ codes: longer }), 'tollbook-rules.conf')).toContain('Authenticate(/tollbook-code,da)');
  });
});

describe('files of codes instead of the database', () => {
  const sheet = sheetOf({ store: 'file' });
  const plan = readDialplan(textOf(sheet, 'tollbook-rules.conf'));
  const file = (path: string) => textOf(sheet, path.replace('/etc/asterisk/', '')).split('\n').filter(Boolean);

  it('hold each code for the bands that it reaches', () => {
    expect(file('tollbook-codes-mobile.txt')).toEqual(['4711', '4712', '4713']);
    expect(file('tollbook-codes-international.txt')).toEqual(['4712', '4713']);
    expect(file('tollbook-codes-premium.txt')).toEqual(['4713']);
    expect(file('tollbook-codes-unknown.txt')).toEqual(['4712', '4713']);
  });

  it.each([
    ['90912345678', '4711', 'PJSIP/0912345678@outside-line'],
    ['90065612345678', '4711', undefined],
    ['90065612345678', '4713', 'PJSIP/0065612345678@outside-line'],
    ['90912345678', '9999', undefined],
    ['9113', undefined, 'PJSIP/113@outside-line'],
    ['938250000', undefined, undefined],
  ])('let %s with code %s to: %s', (dialled, code, sent) => {
    const call = { dialled, callerId: '199', code, minuteOfDay: 600, weekday: 'mon', database: () => undefined, file };
    expect(follow(plan, call).sent).toBe(sent);
  });
});
