/** Files of call records: the upload goes to a spool file as it comes, and capture reads it from there. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '../../i18n/translate.ts';
import { AppError } from '../../model/errors.ts';
import type { ImportJob } from '../contract.ts';
import type { ImportJobs } from '../import-jobs.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { requireSource } from '../source-view.ts';
import { spoolUpload } from '../spool.ts';

export function importRoutes(
  parts: ApiParts,
  jobs: ImportJobs,
): Pick<Handlers, 'importFile' | 'listImports' | 'cancelImport'> {
  const { deps } = parts;
  const find = (id: string, language: Language): ImportJob => {
    const job = jobs.find(id, language);
    if (job === undefined) throw new AppError('not-found', { what: 'import', id });
    return job;
  };

  return {
    importFile: async ({ query, body, language }) => {
      const source = requireSource(parts, query.sourceId);
      const file = await spoolUpload(deps.spoolFolder, body);
      jobs.observe();
      try {
        const id = await deps.capture.importFile({
          sourceId: source.id,
          path: file,
          fileName: path.basename(query.fileName.replaceAll('\\', '/')),
          again: query.again,
          deleteAfter: true,
        });
        return find(id, language);
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
    },
    listImports: ({ language }) => jobs.list(language),
    cancelImport: async ({ params, language }) => {
      await deps.capture.cancelImport(find(params.id, language).id);
      return undefined;
    },
  };
}
