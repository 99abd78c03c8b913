/** The site's calendar of holidays: seeded from a country's rules, corrected by people. */
import { seedHolidays } from '../../holiday-calendar.ts';
import { holidayCountries, holidayRegions, VIETNAM } from '../../holidays/compute-holidays.ts';
import { numberingPlanOf } from '../../ingest/numbering-files.ts';
import { HolidayStore } from '../../store/holidays.ts';
import type { HolidayCalendar } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';

type HolidayHandlers = Pick<
  Handlers,
  | 'getHolidays'
  | 'seedHolidays'
  | 'listHolidayCountries'
  | 'listHolidayRegions'
  | 'putHoliday'
  | 'removeHoliday'
  | 'restoreHoliday'
>;

export function holidayRoutes({ deps, settings, changed }: ApiParts): HolidayHandlers {
  const store = new HolidayStore(deps.db);
  const suggested = (): string | null => {
    const region = numberingPlanOf(deps.dataFolder).plan.world.codeOf(settings.get().countryCode)?.region;
    return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : null;
  };
  const calendar = (year?: number): HolidayCalendar => ({
    ...(store.seededFrom() ?? { country: VIETNAM, region: '' }),
    suggestedCountry: suggested(),
    years: [...store.seededYears()],
    holidays: store
      .list(year)
      .map(({ day, name, basis, isRemoved }) => ({ day, nameEn: name.en, nameVi: name.vi, basis, isRemoved })),
  });
  const told = (): HolidayCalendar => {
    changed('holidays');
    return calendar();
  };
  return {
    getHolidays: ({ query }) => calendar(query.year),
    seedHolidays: async ({ body, language }) => {
      const { country, region, fromYear, toYear } = body;
      const countries = await holidayCountries(language);
      if (!countries.some(({ code }) => code === country)) throw InvalidInput.of('country', 'invalid', language);
      const regions = await holidayRegions(country, language);
      if (region !== '' && !regions.some(({ code }) => code === region)) {
        throw InvalidInput.of('region', 'invalid', language);
      }
      const years = Array.from({ length: toYear - fromYear + 1 }, (_, i) => fromYear + i);
      await seedHolidays(deps.db, { country, region }, years);
      return told();
    },
    listHolidayCountries: async ({ language }) => [...(await holidayCountries(language))],
    listHolidayRegions: async ({ params, language }) => [...(await holidayRegions(params.country, language))],
    putHoliday: ({ params, body }) => {
      store.put(params.day, { en: body.nameEn, vi: body.nameVi });
      return told();
    },
    removeHoliday: ({ params }) => {
      store.remove(params.day);
      return told();
    },
    restoreHoliday: ({ params }) => {
      store.restore(params.day);
      return told();
    },
  };
}
