/** Reading all of a source with another format: looked at first, then applied or dropped; and taking it back. */
import { requireFormat } from '../format-input.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import type { RereadJobs } from '../reread-jobs.ts';
import { requireSource } from '../source-view.ts';

type RereadRoutes = 'getReread' | 'startReread' | 'startRereadUndo' | 'applyReread' | 'dropReread';

export function rereadRoutes(parts: ApiParts, jobs: RereadJobs): Pick<Handlers, RereadRoutes> {
  return {
    getReread: ({ params, language }) => jobs.view(requireSource(parts, params.id).id, language),
    startReread: ({ params, body, language }) => {
      const { id } = requireSource(parts, params.id);
      const format = requireFormat(parts, body.formatId, body.formatOptions, language);
      jobs.start(id, format.id, body.formatOptions, false);
      return jobs.view(id, language);
    },
    startRereadUndo: ({ params, language }) => {
      const { id } = requireSource(parts, params.id);
      const { formatId, formatOptions } = jobs.previous(id);
      jobs.start(id, formatId, formatOptions, true);
      return jobs.view(id, language);
    },
    applyReread: async ({ params, language }) => {
      const { id } = requireSource(parts, params.id);
      await jobs.apply(id);
      return jobs.view(id, language);
    },
    dropReread: async ({ params }) => {
      await jobs.drop(requireSource(parts, params.id).id);
      return undefined;
    },
  };
}
