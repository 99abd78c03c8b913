/** The site's calendar of holidays. */
import { z } from 'zod';
import { HOLIDAY_BASES } from '../../model/holiday.ts';
import { day } from './common.ts';

const name = z.string().trim().min(1).max(200);

export const Holiday = z.object({
  day,
  nameEn: z.string(),
  nameVi: z.string(),
  /**
   * `law`: on that date every year. `lunar`: reckoned. `chosen`: decided each year; the usual choice until someone corrects
   * it. `moved`: off in place of a holiday on a weekly day off. `own`: typed by people.
   */
  basis: z.enum(HOLIDAY_BASES),
  /** Taken out by people: no holiday here. */
  isRemoved: z.boolean(),
});
export type Holiday = z.infer<typeof Holiday>;

const country = z.string().regex(/^[A-Z]{2}$/);
const region = z.string().max(10);

export const HolidayCalendar = z.object({
  country,
  /** Empty for the whole country. */
  region,
  /** The country of the site's telephone numbers; null where it has no calendar. */
  suggestedCountry: country.nullable(),
  /** Years that are filled in. */
  years: z.array(z.number().int()),
  holidays: z.array(Holiday),
});
export type HolidayCalendar = z.infer<typeof HolidayCalendar>;

const LONGEST_YEARS = 50;
const year = z.number().int().min(1990).max(2200);

export const HolidaySeed = z
  .object({ country, region: region.default(''), fromYear: year, toYear: year })
  .refine(({ fromYear, toYear }) => toYear >= fromYear && toYear - fromYear < LONGEST_YEARS, {
    error: 'dayOrder',
    path: ['toYear'],
  });
export type HolidaySeed = z.infer<typeof HolidaySeed>;

export const OwnHoliday = z.object({ nameEn: name, nameVi: name });
export type OwnHoliday = z.infer<typeof OwnHoliday>;

export const NamedPlace = z.object({ code: z.string(), name: z.string() });
export type NamedPlace = z.infer<typeof NamedPlace>;
