/** Price lists: imported in steps, looked through, and written again. */

import type { DeckHome, DeckTable, DeckLayout as Layout } from '../../decks/deck-layout.ts';
import { exportLayouts, presetSheet } from '../../decks/export-deck.ts';
import { headingWords } from '../../decks/headings.ts';
import { CGRATES_ID, PRESETS, presetOf } from '../../decks/presets.ts';
import { createTranslate } from '../../i18n/translate.ts';
import { numberingPlanOf } from '../../ingest/numbering-files.ts';
import { AppError } from '../../model/errors.ts';
import { foldText } from '../../model/fold.ts';
import { dialPrefixesOf } from '../../numbering/plan.ts';
import { csvOfSheet, xlsxOfSheet } from '../../people/table-export.ts';
import type { StoredTariff } from '../../rating/tariff.ts';
import { DeckPresetStore } from '../../store/deck-presets.ts';
import { ALWAYS, type TariffVersionRow } from '../../store/tariffs.ts';
import { readDeckTable, versionInputOf } from '../../tariff-file.ts';
import { DeckLayout, type DeckPresets, type TariffVersion } from '../contract.ts';
import { DeckImport } from '../deck-import.ts';
import { DeckSessions } from '../deck-sessions.ts';
import { changeView, deckProblems, deckView, warningsView } from '../deck-view.ts';
import { CONTENT_TYPES } from '../file-response.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';
import { presentVersionOf, versionOf } from '../tariff-view.ts';

type Routes = Pick<
  Handlers,
  | 'uploadDeck'
  | 'readDeck'
  | 'previewDeck'
  | 'listDeckChanges'
  | 'confirmDeck'
  | 'listDeckPresets'
  | 'saveDeckPreset'
  | 'removeDeckPreset'
  | 'checkTariffVersion'
  | 'fitDeck'
  | 'exportDeck'
>;

const SHOWN_MISFITS = 200;
/** Titles may stand above the headings of a file. */
const LOOKED_AT = 20;

interface KnownLayout {
  readonly name: string;
  readonly layout: Layout;
}

class OwnPresets {
  readonly #store: DeckPresetStore;

  constructor(parts: ApiParts) {
    this.#store = new DeckPresetStore(parts.deps.db);
  }

  view(): DeckPresets {
    return {
      builtIn: [...PRESETS.map(({ id, title }) => ({ id, title })), { id: CGRATES_ID, title: 'CGRateS' }],
      own: this.#store.list().map(({ id, name, headings, layout }) => ({
        id,
        name,
        headings: JSON.parse(headings) as string[],
        layout: DeckLayout.parse(JSON.parse(layout)),
      })),
    };
  }

  save(name: string, headings: readonly string[], layout: Layout, nowMs: number): void {
    this.#store.save({ name, headings: JSON.stringify(headings), layout: JSON.stringify(layout) }, nowMs);
  }

  /** Throws AppError `not-found`. */
  remove(id: number): void {
    if (!this.#store.remove(id)) throw new AppError('not-found', { what: 'layout', id });
  }

  /** The kept layout whose headings one of the first rows has. */
  layoutOf({ rows }: DeckTable): KnownLayout | undefined {
    const wordsOf = (cells: readonly string[]): string => cells.map(headingWords).join('|');
    const heads = new Map(rows.slice(0, LOOKED_AT).map(({ rowNumber, cells }) => [wordsOf(cells), rowNumber]));
    for (const { name, headings, layout } of this.view().own) {
      const headingRow = heads.get(wordsOf(headings));
      if (headings.length > 0 && headingRow !== undefined) return { name, layout: { ...layout, headingRow } };
    }
    return undefined;
  }
}

export function deckRoutes(parts: ApiParts): Routes {
  const { deps, tariffs, settings } = parts;
  const sessions = new DeckSessions(deps.nowMs);
  const imports = new DeckImport(parts);
  const presets = new OwnPresets(parts);
  const shown = (row: TariffVersionRow): TariffVersion =>
    versionOf(row, presentVersionOf(tariffs.published(row.tariffId), siteToday(parts))?.id);
  const known = (id: number): { readonly row: TariffVersionRow; readonly tariff: StoredTariff } => {
    const row = tariffs.version(id);
    if (row === undefined) throw new AppError('not-found', { what: 'tariff version', id });
    return { row, tariff: JSON.parse(tariffs.definition(id) ?? '{}') as StoredTariff };
  };
  const home = (): DeckHome => {
    const { countryCode } = settings.get();
    const { trunkPrefix } = dialPrefixesOf(countryCode, numberingPlanOf(deps.dataFolder).plan);
    return { countryCode, trunkPrefix };
  };
  return {
    uploadDeck: async ({ query, body, language }) => {
      const table = await readDeckTable(query.fileName, body);
      const session = query.deckId === undefined ? sessions.add(table) : sessions.get(query.deckId);
      if (query.deckId !== undefined) session.tables = [...session.tables, table];
      const own = session.tables.length === 1 ? presets.layoutOf(table) : undefined;
      const reading = imports.read(session, own?.layout, query.tariffId ?? null);
      return deckView({ ...session, reading, knownAs: own?.name, language });
    },
    readDeck: ({ params, body, language }) => {
      const session = sessions.get(params.deckId);
      const reading = imports.read(session, body.layout, body.tariffId);
      return deckView({ ...session, reading, knownAs: undefined, language });
    },
    previewDeck: ({ params, body, language }) => {
      const session = sessions.get(params.deckId);
      const { prepared, comparedWith, terms, warnings, problems } = imports.preview(session, body);
      session.prepared = prepared;
      return {
        comparedWith: comparedWith === undefined ? null : shown(comparedWith),
        counts: { ...prepared.difference.counts },
        rateCount: prepared.tariff.rates.length,
        currency: prepared.tariff.currency,
        terms: [...terms],
        warnings: warningsView(warnings, language),
        problemCount: problems.length,
        problems: deckProblems(problems, language),
        isReady: prepared.isReady,
      };
    },
    listDeckChanges: ({ params, query }) => {
      const { prepared } = sessions.get(params.deckId);
      if (prepared === undefined) throw new AppError('import-expired');
      const wanted = foldText(query.text ?? '');
      const found = prepared.difference.changes.filter(({ kind, before, after }) => {
        if (query.kind !== undefined && query.kind !== kind) return false;
        const rate = after ?? before;
        if (wanted === '' || rate?.prefix.startsWith(wanted) === true) return true;
        return [rate?.name, rate?.nameVi].some((name) => name !== undefined && foldText(name).includes(wanted));
      });
      return {
        changes: found.slice(query.offset, query.offset + query.limit).map(changeView),
        found: found.length,
      };
    },
    confirmDeck: async ({ params, body, language }) => {
      const { deckId, prepared, tables } = sessions.get(params.deckId);
      if (prepared === undefined) throw new AppError('import-expired');
      if (!prepared.isReady) throw new AppError('import-has-errors');
      imports.stillHolds(prepared);
      if (prepared.tariffId === null && body.name === undefined) throw InvalidInput.of('name', 'required', language);
      const from = body.effectiveFrom ?? ALWAYS;
      const stored = deps.db.transaction(() => {
        const tariffId = prepared.tariffId ?? tariffs.add(body.name ?? '', deps.nowMs()).id;
        const note = body.note === '' ? tables.map(({ fileName }) => fileName).join(', ') : body.note;
        const draft = tariffs.addDraft(tariffId, versionInputOf(prepared.tariff, from, note), deps.nowMs());
        if (body.makeDefault) tariffs.setDefault(tariffId);
        return body.publishBy === undefined ? draft : tariffs.publish(draft.id, from, body.publishBy, deps.nowMs());
      })();
      sessions.remove(deckId);
      if (body.publishBy !== undefined || body.makeDefault) await deps.ingest.reload();
      parts.changed('tariffs');
      return shown(stored);
    },
    listDeckPresets: () => presets.view(),
    saveDeckPreset: ({ body }) => {
      presets.save(body.name, body.headings, body.layout, deps.nowMs());
      return presets.view();
    },
    removeDeckPreset: ({ params }) => {
      presets.remove(params.id);
      return undefined;
    },
    checkTariffVersion: ({ params, language }) => {
      const { row, tariff } = known(params.id);
      const isPlanned = row.state === 'draft' && row.effectiveFrom !== ALWAYS;
      const more = isPlanned ? { effectiveFrom: row.effectiveFrom } : { newRates: new Set<never>() };
      return warningsView(imports.check(tariff, more), language);
    },
    fitDeck: ({ params, query }) => {
      const { tariff } = known(params.id);
      const written = presetSheet(tariff, query.layout, home());
      if (written === undefined) throw new AppError('not-found', { what: 'layout', id: query.layout });
      return {
        layouts: exportLayouts().map((id) => ({ id, title: presetOf(id)?.title ?? id })),
        fitting: tariff.rates.length - written.misfits.length,
        misfitCount: written.misfits.length,
        misfits: written.misfits.slice(0, SHOWN_MISFITS).map(({ index, rate, reasons }) => ({
          index,
          prefix: rate.prefix,
          name: rate.name ?? '',
          keys: [...new Set(reasons)],
        })),
        lostTerms: [...written.lostTerms],
      };
    },
    exportDeck: async ({ params, query, language }) => {
      const { row, tariff } = known(params.id);
      const written = presetSheet(tariff, query.layout, home());
      if (written === undefined) throw new AppError('not-found', { what: 'layout', id: query.layout });
      const name = createTranslate(language)('deck.file', { tariff: row.tariffName, number: row.number });
      const { headings, rows } = written.sheet;
      return {
        fileName: `${name}${query.layout === 'tollbook' ? '' : ` ${query.layout}`}.${query.type}`,
        contentType: CONTENT_TYPES[query.type],
        body: query.type === 'csv' ? csvOfSheet([headings, ...rows]) : await xlsxOfSheet('Tariff', headings, rows),
      };
    },
  };
}
