/** Filters as views keep them: a period that is relative today stays relative. */
import type { CallFilter } from '../../../core/api/contract.ts';
import { DATE_PRESETS, presetOf, presetRange } from '../../site-day.ts';
import { filterFromSearch, searchFromFilter } from './call-filter.ts';

const PERIOD = 'period';

export function viewSearch(filter: CallFilter, today: string): string {
  const { from, to, ...others } = filter;
  const preset = from === undefined || to === undefined ? undefined : presetOf({ from, to }, today);
  if (preset === undefined) return searchFromFilter(filter).toString();
  const search = searchFromFilter(others);
  search.set(PERIOD, preset);
  return search.toString();
}

export function filterOfView(text: string, today: string): CallFilter {
  const search = new URLSearchParams(text);
  const preset = DATE_PRESETS.find((known) => known === search.get(PERIOD));
  const filter = filterFromSearch(search);
  return preset === undefined ? filter : { ...filter, ...presetRange(preset, today) };
}
