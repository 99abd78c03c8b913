/** People and codes from a file and to a file. */
import { z } from 'zod';
import { createTranslate, type Language } from '../../i18n/translate.ts';
import { AppError } from '../../model/errors.ts';
import { exportPeople } from '../../people/people-export.ts';
import { PeopleField } from '../contract.ts';
import { CONTENT_TYPES } from '../file-response.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';

const Mapping = z.record(z.string(), PeopleField);

function readMapping(text: string | undefined, language: Language): z.infer<typeof Mapping> | undefined {
  if (text === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw InvalidInput.of('mapping', 'mapping', language);
  }
  const parsed = Mapping.safeParse(json);
  if (!parsed.success) throw InvalidInput.of('mapping', 'mapping', language);
  return parsed.data;
}

type FileRoutes = 'previewPeopleImport' | 'confirmPeopleImport' | 'exportPeople';

export function peopleFileRoutes(parts: ApiParts): Pick<Handlers, FileRoutes> {
  const { deps } = parts;
  const today = (): string => siteToday(parts);
  const { peopleImports: imports } = parts;
  return {
    previewPeopleImport: ({ query, body, language }) =>
      imports.preview({ bytes: body, language, mapping: readMapping(query.mapping, language) }),
    confirmPeopleImport: async ({ params }) => {
      const { added, updated, scope } = imports.confirm(params.importId);
      await deps.ingest.reload();
      if (scope.codes.length + scope.extensions.length > 0) {
        await deps.ingest.rebook(scope);
        parts.changed('calls');
      }
      parts.changed('people');
      return { added, updated };
    },
    exportPeople: async ({ query, language }) => {
      // A file with masked codes would be read back as if the masks were codes, so there is none.
      if (!parts.showsCodes()) throw new AppError('codes-hidden');
      const { type } = query;
      const name = createTranslate(language)('api.file.people');
      return {
        fileName: `${name} ${today()}.${type}`,
        contentType: CONTENT_TYPES[type],
        body: await exportPeople(deps.db, { type, language, today: today() }),
      };
    },
  };
}
