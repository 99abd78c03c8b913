/** Tariffs: what there is, new ones (empty, or from a price list or JSON), and which of them prices which call. */
import path from 'node:path';
import { createTranslate, type Language } from '../../i18n/translate.ts';
import { AppError } from '../../model/errors.ts';
import type { LocalDay } from '../../model/time.ts';
import type { StoredTariff } from '../../rating/tariff.ts';
import { ALWAYS } from '../../store/tariffs.ts';
import { readTariffFile, type TariffFileProblem, tariffFileMessage, versionInputOf } from '../../tariff-file.ts';
import type { TariffChoices } from '../contract.ts';
import type { FieldMessage } from '../field-message.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';
import { tariffOf } from '../tariff-view.ts';

const SHOWN_PROBLEMS = 50;
/** An import names no person. */
const NOBODY = '';

/** The first problems of a file, each at its place. */
export function placedProblems(problems: readonly TariffFileProblem[], language: Language): FieldMessage[] {
  const t = createTranslate(language);
  return problems.slice(0, SHOWN_PROBLEMS).map((problem) => ({
    path: problem.rowNumber === undefined ? problem.path : `${problem.rowNumber}.${problem.path}`,
    message: tariffFileMessage(problem, t),
  }));
}

export function unreadableTariff(language: Language): FieldMessage[] {
  return [{ path: '', message: createTranslate(language)('api.tariffFile') }];
}

export function refuseTariff(problems: readonly TariffFileProblem[], language: Language): never {
  throw new InvalidInput(placedProblems(problems, language), 'tariff-invalid', {
    count: problems.length,
    path: problems[0]?.path ?? '',
  });
}

export function refuseTariffFile(language: Language): never {
  throw new InvalidInput(unreadableTariff(language), 'tariff-invalid', { count: 1, path: '' });
}

export async function readTariff(bytes: Uint8Array, timeZone: string, language: Language): Promise<StoredTariff> {
  const result = await readTariffFile(bytes, timeZone);
  if ('tariff' in result) return result.tariff;
  return 'problems' in result ? refuseTariff(result.problems, language) : refuseTariffFile(language);
}

type Routes = Pick<
  Handlers,
  | 'listTariffs'
  | 'importTariff'
  | 'addTariff'
  | 'renameTariff'
  | 'removeTariff'
  | 'getTariffChoices'
  | 'putTariffChoices'
>;

export function tariffRoutes(parts: ApiParts): Routes {
  const { deps, tariffs, settings } = parts;
  const today = (): LocalDay => siteToday(parts);
  const known = (id: number): ReturnType<typeof tariffOf> => {
    const row = tariffs.get(id);
    if (row === undefined) throw new AppError('not-found', { what: 'tariff', id });
    return tariffOf(tariffs, row, today());
  };
  const choices = (): TariffChoices => ({
    choices: tariffs.choices().map((choice) => ({ ...choice })),
    trunkGroups: tariffs.trunkGroups().map(({ name, trunks }) => ({ name, trunks: [...trunks] })),
  });
  return {
    listTariffs: () => tariffs.list().map((row) => tariffOf(tariffs, row, today())),
    importTariff: async ({ query, body, language }) => {
      const tariff = await readTariff(body, settings.get().timeZone, language);
      const name = query.name?.trim() || path.parse(query.fileName.replaceAll('\\', '/')).name;
      const row = deps.db.transaction(() => {
        const added = tariffs.add(name, deps.nowMs());
        const draft = tariffs.addDraft(added.id, versionInputOf(tariff), deps.nowMs());
        tariffs.publish(draft.id, ALWAYS, NOBODY, deps.nowMs());
        tariffs.setDefault(added.id);
        return added;
      })();
      await deps.ingest.reload();
      await deps.ingest.rebook('all', 'anew');
      parts.changed('tariffs');
      parts.changed('calls');
      return tariffOf(tariffs, row, today());
    },
    addTariff: ({ body }) => {
      const added = tariffs.add(body.name, deps.nowMs());
      parts.changed('tariffs');
      return tariffOf(tariffs, added, today());
    },
    renameTariff: async ({ params, body }) => {
      tariffs.rename(params.id, body.name);
      await deps.ingest.reload();
      parts.changed('tariffs');
      return known(params.id);
    },
    removeTariff: async ({ params }) => {
      const { name } = known(params.id);
      if (tariffs.choices().some(({ tariffId }) => tariffId === params.id))
        throw new AppError('tariff-in-use', { name });
      tariffs.remove(params.id, deps.nowMs());
      await deps.ingest.reload();
      parts.changed('tariffs');
      return undefined;
    },
    getTariffChoices: () => choices(),
    putTariffChoices: async ({ body }) => {
      const listed = new Set(tariffs.list().map(({ id }) => id));
      const unknown = body.choices.find(({ tariffId }) => !listed.has(tariffId));
      if (unknown !== undefined) throw new AppError('not-found', { what: 'tariff', id: unknown.tariffId });
      const wanted = body.choices.map((choice) => (choice.kind === 'default' ? { ...choice, value: '' } : choice));
      const keys = new Set<string>();
      for (const { kind, value } of wanted) {
        const key = JSON.stringify([kind, value]);
        if (keys.has(key)) throw new AppError('conflict', { name: value });
        keys.add(key);
      }
      deps.db.transaction(() => {
        tariffs.setTrunkGroups(body.trunkGroups);
        tariffs.setChoices(wanted);
      })();
      await deps.ingest.reload();
      parts.changed('tariffs');
      return choices();
    },
  };
}
