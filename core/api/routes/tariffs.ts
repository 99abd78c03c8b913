/** Tariffs: what there is, and a new one from a price list (CSV or xlsx) or in the interchange form (JSON). */
import path from 'node:path';
import { createTranslate, type Language } from '../../i18n/translate.ts';
import { decodeText, readTableFile } from '../../people/table-file.ts';
import { deckToTariff } from '../../rating/deck.ts';
import { parseStoredTariff } from '../../rating/parse-tariff.ts';
import type { StoredTariff, TariffProblem } from '../../rating/tariff.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';

const SHOWN_PROBLEMS = 50;

function refuse(problems: readonly (TariffProblem & { readonly rowNumber?: number })[], language: Language): never {
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

function readJson(text: string, language: Language): StoredTariff {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    refuseFile(language);
  }
  const parsed = parseStoredTariff(json);
  return 'tariff' in parsed ? parsed.tariff : refuse(parsed.problems, language);
}

async function readDeck(bytes: Uint8Array, timeZone: string, language: Language): Promise<StoredTariff> {
  const [header, ...rows] = await readTableFile(bytes);
  if (header === undefined) refuseFile(language);
  const names = header.cells.map((name) => name.toLowerCase());
  const records = rows.map(({ cells }) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])));
  const deck = deckToTariff(records, { timeZone });
  return 'tariff' in deck ? deck.tariff : refuse(deck.problems, language);
}

function isJson(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > 0x20 && byte < 0x80);
  return first === 0x7b || first === 0x5b;
}

export function tariffRoutes(parts: ApiParts): Pick<Handlers, 'listTariffs' | 'importTariff'> {
  const { deps, tariffs, settings } = parts;
  return {
    listTariffs: () => [...tariffs.list()],
    importTariff: async ({ query, body, language }) => {
      const tariff = isJson(body)
        ? readJson(decodeText(body), language)
        : await readDeck(body, settings.get().timeZone, language);
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
