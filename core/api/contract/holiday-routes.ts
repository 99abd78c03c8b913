/** Routes of the calendar of holidays. */
import { z } from 'zod';
import { route } from '../route.ts';
import { day } from './common.ts';
import { HolidayCalendar, HolidaySeed, NamedPlace, OwnHoliday } from './holidays.ts';

const dayParams = z.object({ day });

export const holidayRoutes = {
  getHolidays: route({
    method: 'GET',
    path: '/api/holidays',
    access: 'read-rules',
    summary: 'The calendar of holidays, of one year or of all',
    query: z.object({ year: z.coerce.number().int().optional() }),
    response: HolidayCalendar,
  }),
  seedHolidays: route({
    method: 'POST',
    path: '/api/holidays',
    access: 'change-rules',
    summary: 'Fill years from a country’s rules; what people typed or took out stays',
    body: HolidaySeed,
    response: HolidayCalendar,
  }),
  listHolidayCountries: route({
    method: 'GET',
    path: '/api/holidays/countries',
    access: 'read-rules',
    summary: 'Countries whose holidays are known',
    response: z.array(NamedPlace),
  }),
  listHolidayRegions: route({
    method: 'GET',
    path: '/api/holidays/countries/:country',
    access: 'read-rules',
    summary: 'States or provinces with holidays of their own',
    params: z.object({ country: z.string().max(2) }),
    response: z.array(NamedPlace),
  }),
  putHoliday: route({
    method: 'PUT',
    path: '/api/holidays/:day',
    access: 'change-rules',
    summary: 'Add a holiday, or name one otherwise',
    params: dayParams,
    body: OwnHoliday,
    response: HolidayCalendar,
  }),
  removeHoliday: route({
    method: 'DELETE',
    path: '/api/holidays/:day',
    access: 'change-rules',
    summary: 'Take a holiday out',
    params: dayParams,
    response: HolidayCalendar,
  }),
  restoreHoliday: route({
    method: 'POST',
    path: '/api/holidays/:day/restore',
    access: 'change-rules',
    summary: 'Bring back a holiday that was taken out',
    params: dayParams,
    response: HolidayCalendar,
  }),
} as const;
