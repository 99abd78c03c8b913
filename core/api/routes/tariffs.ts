/** Tariffs: what there is, and a new one from a price list (CSV or xlsx) or in the interchange form (JSON). */
import path from 'node:path';
import { createTranslate, type Language } from '../../i18n/translate.ts';
import type { StoredTariff } from '../../rating/tariff.ts';
import { readTariffFile, type TariffFileProblem } from '../../tariff-file.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';

const SHOWN_PROBLEMS = 50;

function refuse(problems: readonly TariffFileProblem[], language: Language): never {
  const t = createTranslate(language);
  throw new InvalidInput(
    problems.slice(0, SHOWN_PROBLEMS).map((problem) => ({
      path: problem.rowNumber === undefined ? problem.path : `${problem.rowNumber}.${problem.path}`,
      message: t(`tariff.problem.${problem.code}`, problem.values),
    })),
    'tariff-invalid',
    { count: problems.length, path: problems[0]?.path ?? '' },
  );
}

function refuseFile(language: Language): never {
  throw new InvalidInput([{ path: '', message: createTranslate(language)('api.tariffFile') }], 'tariff-invalid', {
    count: 1,
    path: '',
  });
}

async function readTariff(bytes: Uint8Array, timeZone: string, language: Language): Promise<StoredTariff> {
  const result = await readTariffFile(bytes, timeZone);
  if ('tariff' in result) return result.tariff;
  return 'problems' in result ? refuse(result.problems, language) : refuseFile(language);
}

export function tariffRoutes(parts: ApiParts): Pick<Handlers, 'listTariffs' | 'importTariff'> {
  const { deps, tariffs, settings } = parts;
  return {
    listTariffs: () => [...tariffs.list()],
    importTariff: async ({ query, body, language }) => {
      const tariff = await readTariff(body, settings.get().timeZone, language);
      const name = query.name?.trim() || path.parse(query.fileName.replaceAll('\\', '/')).name;
      const row = deps.db.transaction(() => {
        const added = tariffs.add(
          { name, currency: tariff.currency, definition: JSON.stringify(tariff) },
          deps.nowMs(),
        );
        tariffs.setActive(added.id);
        return { ...added, isActive: true };
      })();
      await deps.ingest.reload();
      await deps.ingest.rebook('all');
      parts.changed('tariffs');
      parts.changed('calls');
      return row;
    },
  };
}
