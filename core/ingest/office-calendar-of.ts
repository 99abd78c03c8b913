/** The office's hours, weekdays and holidays as the settings have them. */
import { DAY_S, type OfficeCalendar, secondsOfClock } from '../model/office-calendar.ts';
import { type LocalDay, localSecondsOfDay } from '../model/time.ts';
import type { SiteSettings } from '../store/settings.ts';

export function calendarOf(
  { officeFrom, officeTo, officeDays }: Pick<SiteSettings, 'officeFrom' | 'officeTo' | 'officeDays'>,
  holidays: readonly LocalDay[],
): OfficeCalendar {
  return {
    opensAtS: secondsOfClock(officeFrom),
    closesAtS: secondsOfClock(officeTo),
    weekdays: new Set(officeDays),
    holidays: new Set(
      holidays.flatMap((day) => {
        const seconds = localSecondsOfDay(day);
        return seconds === undefined ? [] : [seconds / DAY_S];
      }),
    ),
  };
}
