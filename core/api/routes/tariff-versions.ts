/** Versions of tariffs: drafts that change, versions that are published and never do, and calls to try with either. */
import { tryCall } from '../../ingest/try-call.ts';
import { AppError } from '../../model/errors.ts';
import { OPENED_FILE_ENDINGS } from '../../model/opened-file.ts';
import { localSecondsOfDay } from '../../model/time.ts';
import { toInterchange } from '../../rating/interchange.ts';
import { parseStoredTariff } from '../../rating/parse-tariff.ts';
import type { TariffProblem as Problem } from '../../rating/tariff.ts';
import { ALWAYS, type TariffVersionRow } from '../../store/tariffs.ts';
import { versionInputOf } from '../../tariff-file.ts';
import { type ChangedDraft, type PublishEffect, TariffRate, TariffTerms, type TariffVersion } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';
import { changeRates, type Definition, draftInput, emptyDefinition, readDefinition, termsOf } from '../tariff-draft.ts';
import { findRates, presentVersionOf, problemsOf, versionOf } from '../tariff-view.ts';
import { callToTry, testedCallOf } from '../tested-call.ts';
import { readTariff, refuseTariff, refuseTariffFile } from './tariffs.ts';

type Routes = Pick<
  Handlers,
  | 'addTariffDraft'
  | 'importTariffDraft'
  | 'getTariffVersion'
  | 'changeTariffDraft'
  | 'getTariffDefinition'
  | 'replaceTariffDraft'
  | 'removeTariffDraft'
  | 'previewPublish'
  | 'publishTariffVersion'
  | 'exportTariffVersion'
  | 'testCall'
>;

const DEFAULT_CURRENCY = 'VND';
const WholeDefinition = TariffTerms.extend({ rates: TariffRate.array() });

/** Pages of one version are read one after the other: the last definition is kept. */
interface ReadVersion {
  readonly id: number;
  readonly changedAtMs: number;
  readonly definition: Definition;
  readonly problems: readonly Problem[];
}

function problemsIn(definition: unknown): readonly Problem[] {
  const parsed = parseStoredTariff(definition);
  return 'problems' in parsed ? parsed.problems : [];
}

class Versions {
  readonly #parts: ApiParts;
  #last: ReadVersion | undefined;

  constructor(parts: ApiParts) {
    this.#parts = parts;
  }

  row(id: number): TariffVersionRow {
    const row = this.#parts.tariffs.version(id);
    if (row === undefined) throw new AppError('not-found', { what: 'tariff version', id });
    return row;
  }

  draft(id: number, changedAtMs: number): TariffVersionRow {
    const row = this.row(id);
    if (row.state === 'published') throw new AppError('tariff-published', { name: row.tariffName });
    if (row.changedAtMs !== changedAtMs) throw new AppError('draft-changed', { name: row.tariffName });
    return row;
  }

  read(row: TariffVersionRow): ReadVersion {
    const { id, changedAtMs } = row;
    if (this.#last?.id === id && this.#last.changedAtMs === changedAtMs) return this.#last;
    const definition = readDefinition(this.#parts.tariffs.definition(id) ?? '{}');
    this.#last = { id, changedAtMs, definition, problems: row.state === 'draft' ? problemsIn(definition) : [] };
    return this.#last;
  }

  shown(row: TariffVersionRow): TariffVersion {
    const { tariffs } = this.#parts;
    return versionOf(row, presentVersionOf(tariffs.published(row.tariffId), siteToday(this.#parts))?.id);
  }

  /** Later than the change before, whatever the clock says: it is what tells two changes apart. */
  laterThan(row: TariffVersionRow): number {
    return Math.max(this.#parts.deps.nowMs(), row.changedAtMs + 1);
  }

  effect(row: TariffVersionRow, effectiveFrom: string): PublishEffect {
    const from = localSecondsOfDay(effectiveFrom) ?? Number.NEGATIVE_INFINITY;
    const storedCalls = this.#parts.tariffs.storedCalls(row.tariffId, effectiveFrom === ALWAYS ? undefined : from);
    return { version: this.shown(row), storedCalls };
  }
}

export function tariffVersionRoutes(parts: ApiParts): Routes {
  const { deps, tariffs, settings } = parts;
  const versions = new Versions(parts);
  return {
    addTariffDraft: ({ params, body }) => {
      const newest = tariffs.versions(params.id)[0];
      const from = body.fromVersionId === undefined ? undefined : versions.row(body.fromVersionId);
      const definition =
        from === undefined
          ? emptyDefinition(newest?.currency ?? DEFAULT_CURRENCY, settings.get().timeZone)
          : versions.read(from).definition;
      const { effectiveFrom, note = '' } = body;
      const input = draftInput(definition, { effectiveFrom: effectiveFrom ?? ALWAYS, note });
      const draft = tariffs.addDraft(params.id, input, deps.nowMs());
      parts.changed('tariffs');
      return versions.shown(draft);
    },
    importTariffDraft: async ({ params, query, body, language }) => {
      const tariff = await readTariff(body, settings.get().timeZone, language);
      const input = versionInputOf(tariff, ALWAYS, query.note ?? query.fileName);
      const draft = tariffs.addDraft(params.id, input, deps.nowMs());
      parts.changed('tariffs');
      return versions.shown(draft);
    },
    getTariffVersion: ({ params, query, language }) => {
      const row = versions.row(params.id);
      const { definition, problems } = versions.read(row);
      const found = findRates(definition.rates, query.text);
      return {
        version: versions.shown(row),
        terms: termsOf(definition),
        rates: found.slice(query.offset, query.offset + query.limit),
        found: found.length,
        problems: problemsOf(problems, language),
      };
    },
    changeTariffDraft: ({ params, body, language }): ChangedDraft => {
      const row = versions.draft(params.id, body.changedAtMs);
      const before = versions.read(row).definition;
      const rates = body.rates === undefined ? before.rates : changeRates(before.rates, body.rates);
      const definition: Definition = { ...(body.terms ?? termsOf(before)), rates };
      const stored = {
        effectiveFrom: body.effectiveFrom === undefined ? row.effectiveFrom : (body.effectiveFrom ?? ALWAYS),
        note: body.note ?? row.note,
      };
      const changed = tariffs.changeDraft(row.id, draftInput(definition, stored), versions.laterThan(row));
      parts.changed('tariffs');
      return { version: versions.shown(changed), problems: problemsOf(versions.read(changed).problems, language) };
    },
    getTariffDefinition: ({ params }) => {
      const row = versions.row(params.id);
      return {
        fileName: `${row.tariffName} ${row.number}.json`,
        contentType: 'application/json; charset=utf-8',
        body: Buffer.from(tariffs.definition(row.id) ?? '{}'),
      };
    },
    replaceTariffDraft: ({ params, query, body, language }): ChangedDraft => {
      const row = versions.draft(params.id, query.changedAtMs);
      let json: unknown;
      try {
        json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
      } catch {
        refuseTariffFile(language);
      }
      const whole = WholeDefinition.safeParse(json);
      if (!whole.success) {
        const problems = problemsIn(json);
        if (problems.length > 0) refuseTariff(problems, language);
        refuseTariffFile(language);
      }
      const changed = tariffs.changeDraft(row.id, draftInput(whole.data, row), versions.laterThan(row));
      parts.changed('tariffs');
      return { version: versions.shown(changed), problems: problemsOf(versions.read(changed).problems, language) };
    },
    removeTariffDraft: ({ params }) => {
      tariffs.removeDraft(params.id);
      parts.changed('tariffs');
      return undefined;
    },
    previewPublish: ({ params, query }) => {
      const row = versions.row(params.id);
      return versions.effect(row, query.effectiveFrom ?? ALWAYS);
    },
    publishTariffVersion: async ({ params, body, language }) => {
      const row = versions.row(params.id);
      const { problems } = versions.read(row);
      if (problems.length > 0) refuseTariff(problems, language);
      const effectiveFrom = body.effectiveFrom ?? ALWAYS;
      const published = tariffs.publish(row.id, effectiveFrom, body.by, versions.laterThan(row));
      await deps.ingest.reload();
      parts.changed('tariffs');
      return versions.effect(published, effectiveFrom);
    },
    exportTariffVersion: ({ params, query, language }) => {
      const row = versions.row(params.id);
      const text = tariffs.definition(row.id) ?? '{}';
      const parsed = parseStoredTariff(JSON.parse(text));
      if ('problems' in parsed) refuseTariff(parsed.problems, language);
      const written = query.form === 'stored' ? { tariff: parsed.tariff } : toInterchange(parsed.tariff);
      if ('problems' in written) refuseTariff(written.problems, language);
      return {
        fileName: `${row.tariffName} ${row.number}${query.form === 'stored' ? OPENED_FILE_ENDINGS.tariff : '.json'}`,
        contentType: 'application/json; charset=utf-8',
        body: Buffer.from(`${JSON.stringify(written.tariff, null, 2)}\n`),
      };
    },
    testCall: ({ body, language }) => testedCallOf(tryCall(deps.db, callToTry(body), language), parts, language),
  };
}
