/** The panels of a wallboard. None of them names a person unless the settings say so, and none shows a number. */
import type { Dashboard } from '../../../core/api/contract.ts';

export const WALL_PANELS = ['today', 'month', 'week', 'lines', 'departments', 'people'] as const;
export type WallPanel = (typeof WALL_PANELS)[number];

/** Those that have something to show. */
export function panelsOf(data: Dashboard, showsNames: boolean): readonly WallPanel[] {
  const has: Readonly<Record<WallPanel, boolean>> = {
    today: data.day !== null,
    month: true,
    week: data.hours.length > 0,
    lines: (data.trunks?.rows.length ?? 0) > 0,
    departments: data.departments.length > 1,
    people: showsNames && data.people.length > 0,
  };
  return WALL_PANELS.filter((panel) => has[panel]);
}
