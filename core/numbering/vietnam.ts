/** Readings of digits dialled in Viet Nam, by the numbering plan of the day of the call. */
import type { LocalDay } from '../model/time.ts';
import { bandAtHome } from './number-kind.ts';
import type { NumberingSite, NumberNote, Reading } from './site.ts';
import type { FoundRange, VietnamArea, VietnamPlan, VietnamRange } from './vietnam-plan.ts';

const COUNTRY = 'VN';
/** How well each state of a form fits: one that was given up is still keyed by old telephones and lists. */
const FIT = { 'in-use': 2, 'not-any-more': 1.2, 'not-yet': 1 } as const;

function notesOf({ range, state, isBetweenPlans }: FoundRange): NumberNote[] {
  const notes: NumberNote[] = [];
  if (range.cut > 0) notes.push(range.area === undefined ? 'old-mobile-prefix' : 'old-area-code');
  if (state === 'not-yet') notes.push('guess-not-yet-in-plan');
  if (isBetweenPlans) notes.push('guess-old-or-new-plan');
  if (range.isUnsure) notes.push('guess-unsure-range');
  return notes;
}

function isLocal(area: VietnamArea, site: NumberingSite, day: LocalDay, plan: VietnamPlan): boolean {
  const own = plan.areaByCode(site.areaCode);
  return own !== undefined && plan.areLocal(own, area, day);
}

export function readVietnamService(digits: string, day: LocalDay, plan: VietnamPlan): Reading | undefined {
  const range = plan.findService(digits, day);
  return range === undefined ? undefined : serviceReading(digits, range);
}

function serviceReading(digits: string, range: VietnamRange): Reading {
  return {
    number: `84${digits}`,
    band: bandAtHome(range.kind),
    kind: range.kind,
    country: COUNTRY,
    operator: range.operator,
    destination: range.name,
    notes: range.isUnsure ? ['guess-unsure-range'] : [],
    fit: 2,
  };
}

/** `national` has lost its 0 (or came behind 84). */
export function readVietnamNational(
  national: string,
  site: NumberingSite,
  day: LocalDay,
  plan: VietnamPlan,
): Reading | undefined {
  const found = plan.findNational(national, day);
  if (found === undefined) return readVietnamService(national, day, plan);
  const { range } = found;
  const isOwnArea = range.area !== undefined && isLocal(range.area, site, day, plan);
  return {
    number: `84${range.becomes}${national.slice(range.cut)}`,
    band: isOwnArea ? 'local' : bandAtHome(range.kind),
    kind: range.kind,
    country: COUNTRY,
    operator: range.operator,
    destination: range.area === undefined ? range.name : plan.areaName(range.area, day),
    notes: notesOf(found),
    fit: range.isUnsure ? 1 : FIT[found.state],
  };
}

const FIRST_OF_SUBSCRIBER = /^[2-8]/;

/** A subscriber number without area code. */
export function readVietnamSubscriber(
  digits: string,
  site: NumberingSite,
  day: LocalDay,
  plan: VietnamPlan,
): Reading | undefined {
  const own = plan.areaByCode(site.areaCode);
  if (own === undefined || digits.length !== own.subscriberDigits || !FIRST_OF_SUBSCRIBER.test(digits))
    return undefined;
  const operator = plan.findNational(own.code + digits, day)?.range.operator;
  return {
    number: `84${own.code}${digits}`,
    band: 'local',
    kind: 'fixed',
    country: COUNTRY,
    operator,
    destination: plan.areaName(own, day),
    notes: ['area-code-added'],
    fit: 2,
  };
}
