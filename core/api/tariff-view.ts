/** Tariffs and their versions in the shape of the contract. */

import { createTranslate, type Language } from '../i18n/translate.ts';
import { foldText } from '../model/fold.ts';
import type { LocalDay } from '../model/time.ts';
import type { TariffProblem as Problem } from '../rating/tariff.ts';
import { ALWAYS, type TariffRow, type TariffStore, type TariffVersionRow } from '../store/tariffs.ts';
import type { IndexedRate, Tariff, TariffProblem, TariffRate, TariffVersion } from './contract.ts';

/** Of the versions that have begun, the one that holds. */
export function presentVersionOf(
  published: readonly TariffVersionRow[],
  today: LocalDay,
): TariffVersionRow | undefined {
  return published.findLast(({ effectiveFrom }) => effectiveFrom <= today);
}

export function versionOf(row: TariffVersionRow, presentId: number | undefined): TariffVersion {
  return {
    ...row,
    effectiveFrom: row.effectiveFrom === ALWAYS ? null : row.effectiveFrom,
    isPresent: row.id === presentId,
    publishedBy: row.publishedBy === '' ? null : row.publishedBy,
  };
}

export function tariffOf(tariffs: TariffStore, { id, name, createdAtMs }: TariffRow, today: LocalDay): Tariff {
  const present = presentVersionOf(tariffs.published(id), today);
  const versions = tariffs.versions(id);
  const shown = present ?? versions[0];
  return {
    id,
    name,
    currency: shown?.currency ?? '',
    rateCount: shown?.rateCount ?? 0,
    isActive: tariffs.choices().some((choice) => choice.kind === 'default' && choice.tariffId === id),
    createdAtMs,
    versions: versions.map((row) => versionOf(row, present?.id)),
  };
}

export function problemsOf(problems: readonly Problem[], language: Language): TariffProblem[] {
  const t = createTranslate(language);
  return problems.map(({ path, code, values }) => {
    const index = /^rates\[(\d+)\]/.exec(path)?.[1];
    const message = t(`tariff.problem.${code}`, values);
    return { path, code, message, rateIndex: index === undefined ? null : Number(index) };
  });
}

/** Rates in their order, each with its place in the whole. */
export function findRates(rates: readonly TariffRate[], text: string | undefined): readonly IndexedRate[] {
  const indexed = rates.map((rate, index) => ({ index, rate }));
  const wanted = foldText(text?.trim() ?? '');
  if (wanted === '') return indexed;
  return indexed.filter(({ rate }) => fits(rate, wanted));
}

function fits(rate: TariffRate, wanted: string): boolean {
  if (rate.prefix.startsWith(wanted)) return true;
  return [rate.name, rate.nameVi, rate.category, rate.trunk, rate.accessCode].some(
    (text) => text !== undefined && foldText(text).includes(wanted),
  );
}
