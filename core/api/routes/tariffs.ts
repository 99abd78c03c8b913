/** Tariffs: what there is, and a new one from a price list (CSV or xlsx) or in the interchange form (JSON). */
import path from 'node:path';
import { createTranslate, type Language } from '../../i18n/translate.ts';
import type { LocalDay } from '../../model/time.ts';
import type { StoredTariff } from '../../rating/tariff.ts';
import { ALWAYS, type TariffRow, type TariffStore } from '../../store/tariffs.ts';
import { readTariffFile, type TariffFileProblem, versionInputOf } from '../../tariff-file.ts';
import type { Tariff } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';

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

/** A tariff as the list shows it: with what its version of today says. */
function tariffOf(tariffs: TariffStore, { id, name, createdAtMs }: TariffRow, today: LocalDay): Tariff {
  const published = tariffs.published(id);
  const present = published.findLast(({ effectiveFrom }) => effectiveFrom <= today) ?? tariffs.versions(id)[0];
  return {
    id,
    name,
    currency: present?.currency ?? '',
    rateCount: present?.rateCount ?? 0,
    isActive: tariffs.choices().some((choice) => choice.kind === 'default' && choice.tariffId === id),
    createdAtMs,
  };
}

export function tariffRoutes(parts: ApiParts): Pick<Handlers, 'listTariffs' | 'importTariff'> {
  const { deps, tariffs, settings } = parts;
  const today = (): LocalDay => siteToday(parts);
  return {
    listTariffs: () => tariffs.list().map((row) => tariffOf(tariffs, row, today())),
    importTariff: async ({ query, body, language }) => {
      const tariff = await readTariff(body, settings.get().timeZone, language);
      const name = query.name?.trim() || path.parse(query.fileName.replaceAll('\\', '/')).name;
      const row = deps.db.transaction(() => {
        const added = tariffs.add(name, deps.nowMs());
        const draft = tariffs.addDraft(added.id, versionInputOf(tariff), deps.nowMs());
        tariffs.publish(draft.id, ALWAYS, name, deps.nowMs());
        tariffs.setDefault(added.id);
        return added;
      })();
      await deps.ingest.reload();
      await deps.ingest.rebook('all');
      parts.changed('tariffs');
      parts.changed('calls');
      return tariffOf(tariffs, row, today());
    },
  };
}
