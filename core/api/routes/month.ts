/** The month on the page. */
import { monthReportOf } from '../month-view.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';

export function monthRoutes(parts: ApiParts): Pick<Handlers, 'getMonth'> {
  return {
    getMonth: ({ query, language }) => monthReportOf(parts, query.month, query.by, language),
  };
}
