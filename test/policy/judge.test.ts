import { describe, expect, it } from 'vitest';
import { hoursOfText, type Judgement, type RightHolder } from '../../core/model/code-policy.ts';
import type { JudgedCall } from '../../core/policy/judge.ts';
import { at, hours, judgeOf, outside, policy, WORKDAYS, withCode } from './policy-fixture.ts';

function words(judgement: Judgement | undefined): string {
  return judgement === undefined ? 'not judged' : `${judgement.verdict}: ${judgement.rule}`;
}

describe('what is judged', () => {
  const judge = judgeOf(policy());

  it('is an outside call, answered or not, also one from line to line', () => {
    expect(words(judge(outside()))).toBe('no-code: code-asked');
    expect(words(judge(outside({ direction: 'tandem', extension: null, reason: 'none' })))).toBe('no-code: code-asked');
  });

  it.each<Partial<JudgedCall>>([
    { direction: 'incoming', band: 'incoming' },
    { direction: 'internal', band: 'internal' },
    { direction: 'none', band: 'unknown' },
    { direction: 'outgoing', band: 'internal' },
  ])('is no call like %o', (changes) => {
    expect(judge(outside(changes))).toBeUndefined();
  });

  it('is no call before the first rules', () => {
    expect(judge(outside({ startLocalS: at('2025-12-31 23:59') }))).toBeUndefined();
    expect(judge(outside({ startLocalS: at('2026-01-01 00:00') }))?.verdict).toBe('no-code');
  });

  it('is judged by the newest rules that had begun on its day', () => {
    const open = policy({ others: { mode: 'none', withoutCode: { upTo: null, also: [] } } });
    const changing = judgeOf(policy(), open);
    expect(words(changing(outside({ startLocalS: at('2026-01-31 23:59') })))).toBe('no-code: code-asked');
    expect(words(changing(outside({ startLocalS: at('2026-02-01 00:00') })))).toBe('obeys: no-code-asked');
  });
});

describe('emergency and free numbers', () => {
  it('obey without a code, and with a wrong one', () => {
    const judge = judgeOf(policy());
    expect(words(judge(outside({ band: 'emergency' })))).toBe('obeys: emergency-number');
    expect(words(judge(outside({ band: 'free', code: '9', reason: 'unknown-code' })))).toBe('obeys: free-number');
  });

  it('need a code where the exception is switched off', () => {
    const judge = judgeOf(policy({ exceptions: { emergency: true, free: false } }));
    expect(words(judge(outside({ band: 'emergency' })))).toBe('obeys: emergency-number');
    expect(words(judge(outside({ band: 'free' })))).toBe('no-code: code-asked');
    expect(words(judge(withCode({ band: 'free' })))).toBe('obeys: no-right-set');
  });
});

describe('mode 1, every call', () => {
  const judge = judgeOf(policy());

  it('is obeyed with a valid code only', () => {
    expect(judge(withCode())?.verdict).toBe('obeys');
    expect(judge(outside())?.verdict).toBe('no-code');
    expect(judge(outside({ code: '' }))?.verdict).toBe('no-code');
  });

  it('tells a telephone with an owner from one without', () => {
    expect(words(judge(outside({ reason: 'extension', personId: 5 })))).toBe('extension-only: code-asked');
  });

  it('tells a code that never was from one of another day', () => {
    expect(words(judge(outside({ code: '4712', reason: 'unknown-code' })))).toBe('unknown-code: code-never-assigned');
    expect(words(judge(outside({ code: '4711', reason: 'code-not-valid' })))).toBe('unknown-code: code-of-other-day');
  });
});

describe('mode 2, restricted extensions', () => {
  const judge = judgeOf(
    policy({
      groups: [
        {
          name: 'Lobby',
          sourceIds: [1],
          extensions: [
            { first: '200', last: '209' },
            { first: '300', last: null },
          ],
          mode: 'restricted',
          withoutCode: { upTo: 'local', also: ['service'] },
        },
      ],
      others: { mode: 'none', withoutCode: { upTo: null, also: [] } },
    }),
  );

  it.each([
    ['local', 'obeys: reach-without-code'],
    ['service', 'obeys: reach-without-code'],
    ['national', 'no-code: code-asked-beyond'],
    ['mobile', 'no-code: code-asked-beyond'],
    ['international', 'no-code: code-asked-beyond'],
    ['premium', 'no-code: code-asked-beyond'],
  ] as const)('without a code to a %s number: %s', (band, expected) => {
    expect(words(judge(outside({ band })))).toBe(expected);
  });

  it('names the group and what it may call without a code', () => {
    expect(judge(outside())?.values).toEqual({ group: 'Lobby', upTo: 'local', also: 'service', band: 'mobile' });
  });

  it.each(['200', '209', '300'])('holds for extension %s', (extension) => {
    expect(judge(outside({ extension }))?.verdict).toBe('no-code');
  });

  it.each(['199', '210', '0200', '20', '301', null])('does not hold for extension %s', (extension) => {
    expect(words(judge(outside({ extension })))).toBe('obeys: no-code-asked');
  });

  it('does not hold for the same extension of another PBX', () => {
    expect(words(judge(outside({ sourceId: 2 })))).toBe('obeys: no-code-asked');
  });

  it('does not take a number that nobody understood for a breach', () => {
    expect(words(judge(outside({ band: 'unknown' })))).toBe('obeys: band-not-known');
  });

  it('takes a wrong code for one even where no code was needed', () => {
    expect(judge(outside({ band: 'local', code: '1', reason: 'unknown-code' }))?.verdict).toBe('unknown-code');
    expect(judge(outside({ extension: '500', code: '1', reason: 'unknown-code' }))?.verdict).toBe('unknown-code');
  });

  it('asks for a code for every call where nothing may be called without one', () => {
    const strict = judgeOf(policy({ others: { mode: 'restricted', withoutCode: { upTo: null, also: [] } } }));
    expect(words(strict(outside({ band: 'local' })))).toBe('no-code: code-asked');
    expect(words(strict(outside({ band: 'unknown' })))).toBe('no-code: code-asked');
  });
});

describe('the first group that fits', () => {
  it('decides, and the rest is for all others', () => {
    const group = (name: string, extension: string, mode: 'every-call' | 'none') => ({
      name,
      sourceIds: [],
      extensions: [{ first: extension, last: null }],
      mode,
      withoutCode: { upTo: null, also: [] },
    });
    const judge = judgeOf(
      policy({
        groups: [group('A', '201', 'none'), group('B', '201', 'every-call'), group('C', '202', 'every-call')],
        others: { mode: 'none', withoutCode: { upTo: null, also: [] } },
      }),
    );
    expect(judge(outside())?.values['group']).toBe('A');
    expect(judge(outside({ extension: '202' }))?.values['group']).toBe('C');
    expect(judge(outside({ extension: '203' }))?.values['group']).toBe('');
  });
});

describe('calling rights', () => {
  const rights = [
    { id: 'office', name: 'Office', hours: [hours('mobile', { weekdays: WORKDAYS, from: '08:00', to: '17:30' })] },
    { id: 'local', name: 'Local only', hours: [hours('local')] },
    { id: 'all', name: 'Everywhere', hours: [hours('international', { also: ['service', 'premium'] })] },
  ];
  const everyone = {
    id: 'e',
    holder: { kind: 'everyone' },
    rightId: 'office',
    validFrom: null,
    validTo: null,
  } as const;

  it('reach what they name at their hours', () => {
    const judge = judgeOf(policy({ rights, assignments: [everyone] }));
    expect(words(judge(withCode()))).toBe('obeys: right-reaches');
    expect(words(judge(withCode({ startLocalS: at('2026-11-09 17:29') })))).toBe('obeys: right-reaches');
    expect(words(judge(withCode({ startLocalS: at('2026-11-09 17:30') })))).toBe('outside-hours: right-has-hours');
    expect(words(judge(withCode({ startLocalS: at('2026-11-14 10:00') })))).toBe('outside-hours: right-has-hours');
    expect(words(judge(withCode({ band: 'international' })))).toBe('beyond-right: right-ends-before');
    expect(words(judge(withCode({ band: 'premium' })))).toBe('beyond-right: right-ends-before');
    expect(words(judge(withCode({ band: 'unknown' })))).toBe('obeys: band-not-known');
  });

  it('say which hours', () => {
    const judge = judgeOf(policy({ rights, assignments: [everyone] }));
    expect(judge(withCode({ startLocalS: at('2026-11-09 22:00') }))?.values).toEqual({
      group: '',
      band: 'mobile',
      right: 'Office',
      hours: '12345 08:00 17:30 as-usual',
    });
  });

  it('name all hours in which they reach a band, and these can be read again', () => {
    const split = [
      hours('mobile', { weekdays: WORKDAYS, from: '08:00', to: '17:30', holidays: 'never' }),
      hours('local'),
      hours('international', { weekdays: [], from: '09:00', to: '12:00', holidays: 'only' }),
    ];
    const judge = judgeOf(
      policy({ rights: [{ id: 's', name: 'S', hours: split }], assignments: [{ ...everyone, rightId: 's' }] }),
    );
    const text = judge(withCode({ startLocalS: at('2026-11-09 22:00') }))?.values['hours'];
    expect(text).toBe('12345 08:00 17:30 never; - 09:00 12:00 only');
    expect(hoursOfText(String(text))).toEqual([
      { weekdays: WORKDAYS, from: '08:00', to: '17:30', holidays: 'never' },
      { weekdays: [], from: '09:00', to: '12:00', holidays: 'only' },
    ]);
  });

  it('follow the code, its span, its person, the nearest department, then everyone', () => {
    const one = (holder: RightHolder, rightId: string) => ({
      id: JSON.stringify(holder),
      holder,
      rightId,
      validFrom: null,
      validTo: null,
    });
    const layers = [
      one({ kind: 'everyone' }, 'local'),
      one({ kind: 'department', departmentId: 1 }, 'all'),
      one({ kind: 'department', departmentId: 2 }, 'local'),
      one({ kind: 'person', personId: 7 }, 'all'),
      one({ kind: 'code', first: '4700', last: '4799' }, 'local'),
      one({ kind: 'code', first: '4711', last: null }, 'all'),
    ];
    const named = layers.map(
      (_, i) => judgeOf(policy({ rights, assignments: layers.slice(0, i + 1) }))(withCode())?.verdict,
    );
    expect(named).toEqual(['beyond-right', 'obeys', 'beyond-right', 'obeys', 'beyond-right', 'obeys']);
  });

  it('hold from a day to a day', () => {
    const dated = { ...everyone, rightId: 'local', validFrom: '2026-11-01', validTo: '2026-11-10' };
    const judge = judgeOf(policy({ rights, assignments: [dated] }));
    expect(words(judge(withCode()))).toBe('beyond-right: right-ends-before');
    expect(words(judge(withCode({ startLocalS: at('2026-11-10 10:00') })))).toBe('obeys: no-right-set');
    expect(words(judge(withCode({ startLocalS: at('2026-10-31 10:00') })))).toBe('obeys: no-right-set');
  });

  it('over midnight belong to the day on which they begin', () => {
    const night = [{ id: 'n', name: 'Night', hours: [hours('mobile', { weekdays: [5], from: '22:00', to: '06:00' })] }];
    const judge = judgeOf(policy({ rights: night, assignments: [{ ...everyone, rightId: 'n' }] }));
    // 2026-11-13 is a Friday.
    expect(judge(withCode({ startLocalS: at('2026-11-13 22:00') }))?.verdict).toBe('obeys');
    expect(judge(withCode({ startLocalS: at('2026-11-14 05:59') }))?.verdict).toBe('obeys');
    expect(judge(withCode({ startLocalS: at('2026-11-14 06:00') }))?.verdict).toBe('outside-hours');
    expect(judge(withCode({ startLocalS: at('2026-11-13 05:59') }))?.verdict).toBe('outside-hours');
  });

  it('know holidays', () => {
    // 2026-09-02 is a Wednesday and a holiday.
    const moments = ['2026-09-02 10:00', '2026-09-03 10:00', '2026-09-06 10:00'];
    const verdicts = (holidays: 'as-usual' | 'never' | 'only') => {
      const right = { id: 'h', name: 'H', hours: [hours('mobile', { weekdays: WORKDAYS, holidays })] };
      const judge = judgeOf(policy({ rights: [right], assignments: [{ ...everyone, rightId: 'h' }] }));
      return moments.map((moment) => judge(withCode({ startLocalS: at(moment) }))?.verdict);
    };
    expect(verdicts('as-usual')).toEqual(['obeys', 'obeys', 'outside-hours']);
    expect(verdicts('never')).toEqual(['outside-hours', 'obeys', 'outside-hours']);
    expect(verdicts('only')).toEqual(['obeys', 'outside-hours', 'outside-hours']);
  });

  it('never take away what the telephone may call without a code', () => {
    const judge = judgeOf(
      policy({
        rights: [{ id: 'i', name: 'Inside', hours: [hours('internal')] }],
        assignments: [{ ...everyone, rightId: 'i' }],
        others: { mode: 'restricted', withoutCode: { upTo: 'local', also: [] } },
      }),
    );
    expect(words(judge(withCode({ band: 'local' })))).toBe('obeys: reach-without-code');
    expect(words(judge(withCode()))).toBe('beyond-right: right-ends-before');
  });
});
