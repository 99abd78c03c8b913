import { expect, it } from 'vitest';
import type { Dashboard } from '../../core/api/contract.ts';
import { panelsOf } from '../../renderer/features/wallboard/wall-panels.ts';

const nothing = { calls: 0, talkSeconds: 0, charges: [], filter: {} };
const row = (name: string) => ({ ...nothing, calls: 3, key: name, name });
const full: Dashboard = {
  madeAtMs: 0,
  today: '2026-03-20',
  thisMonth: '2026-03',
  month: '2026-03',
  months: ['2026-03'],
  isClosed: false,
  isWholeSite: true,
  day: { all: nothing, outbound: nothing, incoming: nothing, weekAgo: nothing },
  outbound: nothing,
  incoming: nothing,
  unattributed: nothing,
  unrated: nothing,
  unknownCodes: nothing,
  lastMonth: nothing,
  lastMonthToDay: null,
  days: [],
  lastMonthDays: [],
  forecasts: [],
  budgets: [],
  hours: [{ weekday: 5, hour: 8, calls: 4, filter: {} }],
  departments: [row('Kế toán'), row('Kinh doanh')],
  people: [row('Nguyễn Thị Hà')],
  destinations: [],
  trunks: {
    fromLocal: '2026-03-20T03:00:00',
    hours: 8,
    lately: 900,
    rows: [{ trunk: '01', calls: 1, busyLately: 0, peaks: [1], usedPercent: 1, filter: {} }],
  },
  completeness: null,
};

it('names of people are on a wall only where the settings say so', () => {
  expect(panelsOf(full, true)).toEqual(['today', 'month', 'week', 'lines', 'departments', 'people']);
  expect(panelsOf(full, false)).toEqual(['today', 'month', 'week', 'lines', 'departments']);
});

it('a panel without anything to show has no turn', () => {
  const bare = { ...full, day: null, hours: [], trunks: null, departments: [row('Kế toán')], people: [] };
  expect(panelsOf(bare, true)).toEqual(['month']);
});
