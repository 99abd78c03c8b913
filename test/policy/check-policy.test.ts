import { describe, expect, it } from 'vitest';
import type { CodePolicy, RightAssignment } from '../../core/model/code-policy.ts';
import { checkPolicy } from '../../core/policy/check-policy.ts';
import { hours, policy } from './policy-fixture.ts';

const right = (id: string, name: string) => ({ id, name, hours: [hours('local')] });
const row = (changes: Partial<RightAssignment>): RightAssignment => ({
  id: 'a',
  holder: { kind: 'everyone' },
  rightId: 'r',
  validFrom: null,
  validTo: null,
  ...changes,
});
const group = (name: string, first: string, last: string | null): CodePolicy['groups'][number] => ({
  name,
  sourceIds: [],
  extensions: [{ first, last }],
  mode: 'every-call',
  withoutCode: { upTo: null, also: [] },
});
const faults = (changes: Partial<CodePolicy>) =>
  checkPolicy(policy(changes)).map(({ path, problem }) => `${path} ${problem}`);

describe('code rules', () => {
  it('are right when ranges go up, names and ids stand once, and every right exists', () => {
    const rights = [right('r', 'Office'), right('s', 'Night')];
    const assignments = [row({}), row({ id: 'b', rightId: 's', validFrom: '2026-01-01', validTo: '2026-01-02' })];
    expect(faults({ groups: [group('A', '200', '219'), group('B', 'lobby', null)], rights, assignments })).toEqual([]);
  });

  it.each<[string, Partial<CodePolicy>, string]>([
    ['a range that goes down', { groups: [group('A', '219', '200')] }, 'groups.0.extensions.0 span-order'],
    ['a range of two lengths', { groups: [group('A', '20', '219')] }, 'groups.0.extensions.0 span-order'],
    ['a range of names', { groups: [group('A', 'x1', 'x9')] }, 'groups.0.extensions.0 span-order'],
    [
      'two groups of one name',
      { groups: [group('A', '1', null), group(' a', '2', null)] },
      'groups.1.name group-name-twice',
    ],
    ['two rights of one name', { rights: [right('r', 'R'), right('s', 'r')] }, 'rights.1.name right-name-twice'],
    ['two rights of one id', { rights: [right('r', 'R'), right('r', 'S')] }, 'rights.1.id right-id-twice'],
    [
      'hours on no day',
      { rights: [{ id: 'r', name: 'R', hours: [hours('local', { weekdays: [] })] }] },
      'rights.0.hours.0.weekdays hours-without-days',
    ],
    ['a right that is not there', { assignments: [row({})] }, 'assignments.0.rightId right-unknown'],
    [
      'two rows of one id',
      { rights: [right('r', 'R')], assignments: [row({}), row({})] },
      'assignments.1.id assignment-id-twice',
    ],
    [
      'a range of codes that goes down',
      { rights: [right('r', 'R')], assignments: [row({ holder: { kind: 'code', first: '4799', last: '4700' } })] },
      'assignments.0.holder span-order',
    ],
    [
      'days that end before they begin',
      { rights: [right('r', 'R')], assignments: [row({ validFrom: '2026-02-01', validTo: '2026-02-01' })] },
      'assignments.0.validTo days-order',
    ],
  ])('are refused for %s', (_, changes, fault) => {
    expect(faults(changes)).toEqual([fault]);
  });

  it('may hold on holidays alone, without a weekday', () => {
    const holidays = hours('local', { weekdays: [], holidays: 'only' });
    expect(faults({ rights: [{ id: 'r', name: 'R', hours: [holidays] }] })).toEqual([]);
  });
});
