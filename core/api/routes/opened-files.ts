/** Files that were opened with the program: a format goes on to the editor, a tariff becomes a draft. */
import path from 'node:path';
import { importDefinition } from '../../formats/import-definition.ts';
import { AppError } from '../../model/errors.ts';
import { ALWAYS } from '../../store/tariffs.ts';
import { readTariffFile, versionInputOf } from '../../tariff-file.ts';
import type { Definition, OpenedTariff } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';
import { presentVersionOf, versionOf } from '../tariff-view.ts';
import { placedProblems, readTariff, unreadableTariff } from './tariffs.ts';

type Routes = Pick<Handlers, 'getOpenedFormat' | 'keepTariffFile' | 'getOpenedTariff' | 'takeOpenedTariff'>;

export function openedFileRoutes({ deps, tariffs, settings, openedFiles, changed }: ApiParts): Routes {
  return {
    getOpenedFormat: ({ params, language }) => {
      const { fileName, bytes } = openedFiles.get(params.id, 'format');
      const { definition, problems, notes } = importDefinition(Buffer.from(bytes), language);
      return {
        fileName,
        definition: definition === undefined ? null : (structuredClone(definition) as Definition),
        problems: problems.map((problem) => ({ ...problem })),
        notes: [...notes],
      };
    },
    keepTariffFile: ({ query, body }) => ({
      id: openedFiles.add({ kind: 'tariff', fileName: query.fileName, bytes: body }),
    }),
    getOpenedTariff: async ({ params, language }): Promise<OpenedTariff> => {
      const { fileName, bytes } = openedFiles.get(params.id, 'tariff');
      const result = await readTariffFile(bytes, settings.get().timeZone);
      if ('tariff' in result) {
        const { currency, rates } = result.tariff;
        return { fileName, holds: { currency, rateCount: rates.length }, problems: [] };
      }
      const problems = 'problems' in result ? placedProblems(result.problems, language) : unreadableTariff(language);
      return { fileName, holds: null, problems };
    },
    takeOpenedTariff: async ({ params, body, language }) => {
      const { fileName, bytes } = openedFiles.get(params.id, 'tariff');
      const tariff = await readTariff(bytes, settings.get().timeZone, language);
      if (body.tariffId === null && body.name === '') throw InvalidInput.of('name', 'required', language);
      const draft = deps.db.transaction(() => {
        const tariffId = body.tariffId ?? tariffs.add(body.name, deps.nowMs()).id;
        if (tariffs.get(tariffId) === undefined) throw new AppError('not-found', { what: 'tariff', id: tariffId });
        const input = versionInputOf(tariff, ALWAYS, path.basename(fileName));
        return tariffs.addDraft(tariffId, input, deps.nowMs());
      })();
      openedFiles.remove(params.id);
      changed('tariffs');
      const present = presentVersionOf(tariffs.published(draft.tariffId), siteToday({ deps, settings }))?.id;
      return versionOf(draft, present);
    },
  };
}
