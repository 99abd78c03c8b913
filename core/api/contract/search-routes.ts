/** Routes of the search field that is on every page. */
import { z } from 'zod';
import { route } from '../route.ts';
import { SearchAnswer } from './search.ts';

export const searchRoutes = {
  search: route({
    method: 'GET',
    path: '/api/search',
    access: 'read-calls',
    summary: 'People, departments, codes, extensions and numbers by a few letters or digits',
    query: z.object({ q: z.string().trim().min(1).max(64) }),
    response: SearchAnswer,
  }),
} as const;
