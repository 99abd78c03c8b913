/** Files that were opened with the program: looked at, and taken over. Nothing else of the disk is read through these. */
import { z } from 'zod';
import { route } from '../route.ts';
import { ImportedDefinition, PlacedProblem } from './formats.ts';
import { TariffVersion } from './tariffs.ts';

const params = z.object({ id: z.string().max(60) });
const fileName = z.string().max(300);

export const OpenedFormat = ImportedDefinition.extend({ fileName });
export type OpenedFormat = z.infer<typeof OpenedFormat>;

export const OpenedTariff = z.object({
  fileName,
  /** Null where the file is no tariff; `problems` says why. */
  holds: z.object({ currency: z.string(), rateCount: z.number().int() }).nullable(),
  problems: z.array(PlacedProblem),
});
export type OpenedTariff = z.infer<typeof OpenedTariff>;

export const openedFileRoutes = {
  getOpenedFormat: route({
    method: 'GET',
    path: '/api/opened-files/format/:id',
    access: 'change-sources',
    summary: 'The definition in a file that was opened with the program; nothing is stored',
    params,
    response: OpenedFormat,
  }),
  keepTariffFile: route({
    method: 'POST',
    path: '/api/opened-files/tariff',
    access: 'change-prices',
    summary: 'Hand in a tariff (JSON) to be looked at and taken over',
    query: z.object({ fileName }),
    accepts: 'bytes',
    response: z.object({ id: z.string() }),
  }),
  getOpenedTariff: route({
    method: 'GET',
    path: '/api/opened-files/tariff/:id',
    access: 'change-prices',
    summary: 'What the tariff in an opened file holds, or what is wrong with it',
    params,
    response: OpenedTariff,
  }),
  takeOpenedTariff: route({
    method: 'POST',
    path: '/api/opened-files/tariff/:id',
    access: 'change-prices',
    summary: 'A draft from the tariff in an opened file: of a tariff that is there, or of a new one',
    params,
    body: z.object({ tariffId: z.number().int().nullable(), name: z.string().trim().max(200) }),
    response: TariffVersion,
  }),
};
