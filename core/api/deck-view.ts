/** Price lists, their problems, changes and warnings in the shape of the contract, with words in the caller's language. */
import type { CheckedRow, DeckWarning as FoundWarning } from '../decks/checks.ts';
import type { DeckReading, DeckTable, DeckProblem as FoundProblem } from '../decks/deck-layout.ts';
import type { DeckChange as FoundChange } from '../decks/difference.ts';
import { CGRATES_ID, presetOf } from '../decks/presets.ts';
import { createFormats } from '../i18n/format.ts';
import { createTranslate, type Language, type Translate } from '../i18n/translate.ts';
import { type StoredRate, TARIFF_PROBLEM_CODES, type TariffProblemCode } from '../rating/tariff.ts';
import type { Deck, DeckChange, DeckProblem, DeckSampleRow, DeckWarning, TariffRate } from './contract.ts';

const SHOWN_PROBLEMS = 200;
const SAMPLE_ROWS = 12;

const isTariffCode = (code: string): code is TariffProblemCode =>
  (TARIFF_PROBLEM_CODES as readonly string[]).includes(code);

function messageOf({ code, values }: FoundProblem, t: Translate): string {
  return isTariffCode(code) ? t(`tariff.problem.${code}`, values) : t(`deck.problem.${code}`, values);
}

export function deckProblems(problems: readonly FoundProblem[], language: Language): DeckProblem[] {
  const t = createTranslate(language);
  return problems.slice(0, SHOWN_PROBLEMS).map((problem) => ({
    rowNumber: problem.rowNumber < 1 ? null : problem.rowNumber,
    column: problem.column,
    message: messageOf(problem, t),
  }));
}

const rateView = (rate: StoredRate): TariffRate => ({ ...rate });

/** The first rows below the headings, as they stand and as they were read. */
function sampleOf(reading: DeckReading, tables: readonly DeckTable[], language: Language): DeckSampleRow[] {
  const t = createTranslate(language);
  const { headingRow, preset } = reading.layout;
  if (preset === CGRATES_ID) {
    // Its rows lie in several tables: what comes of them is all there is to show.
    return reading.rates
      .slice(0, SAMPLE_ROWS)
      .map(({ rowNumber, rate }) => ({ rowNumber, cells: [], rates: [rateView(rate)], problems: [] }));
  }
  const rows = (tables[0]?.rows ?? []).filter(({ rowNumber }) => headingRow === null || rowNumber > headingRow);
  return rows.slice(0, SAMPLE_ROWS).map(({ rowNumber, cells }) => ({
    rowNumber,
    cells: cells.map((cell) => cell.slice(0, 120)),
    rates: reading.rates
      .filter((row) => row.rowNumber === rowNumber)
      .slice(0, 5)
      .map(({ rate }) => rateView(rate)),
    problems: reading.problems
      .filter((problem) => problem.rowNumber === rowNumber)
      .map((problem) => messageOf(problem, t)),
  }));
}

interface DeckViewInput {
  readonly deckId: string;
  readonly tables: readonly DeckTable[];
  readonly reading: DeckReading;
  readonly knownAs: string | undefined;
  readonly language: Language;
}

export function deckView({ deckId, tables, reading, knownAs, language }: DeckViewInput): Deck {
  const { layout, headings, settings, missing, rates, problems, skippedRows, shadowedRows, unreadColumns } = reading;
  const isJoined = layout.preset === CGRATES_ID;
  return {
    deckId,
    files: tables.map(({ fileName }) => fileName),
    layout: { ...layout, columns: isJoined ? [] : [...layout.columns], answers: { ...layout.answers } },
    knownAs: knownAs ?? presetOf(layout.preset)?.title ?? (isJoined ? 'CGRateS' : null),
    headings: isJoined ? [] : [...headings],
    settings: settings.map((state) => ({
      ...state,
      choices: state.choices.map(({ value, samples }) => ({
        value,
        samples: samples.map((sample) => ({ ...sample })),
      })),
    })),
    missing: [...missing],
    currency: settings.find(({ setting }) => setting === 'currency')?.value ?? null,
    counts: {
      rows: tables.reduce((sum, table) => sum + table.rows.length, 0),
      rates: rates.length,
      problems: problems.length,
      skipped: skippedRows.length,
      shadowed: shadowedRows.length,
    },
    sample: sampleOf(reading, tables, language),
    problems: deckProblems(problems, language),
    unreadColumns: [...unreadColumns],
    shadowedRows: shadowedRows.slice(0, 50).map((row) => ({ ...row })),
  };
}

export function changeView({ kind, rowNumber, before, after, fields }: FoundChange): DeckChange {
  return {
    kind,
    rowNumber,
    prefix: after?.prefix ?? before?.prefix ?? '',
    before: before === null ? null : rateView(before),
    after: after === null ? null : rateView(after),
    fields: fields.map((field) => ({ ...field })),
  };
}

const MOMENT = /^\d{4}-\d\d-\d\d/;

/** Days as the reader writes them. */
function shownValues({ values }: CheckedRow, language: Language): Record<string, string | number> {
  const formats = createFormats(language);
  const shown = (value: string | number): string | number => {
    if (typeof value !== 'string' || !MOMENT.test(value)) return value;
    return value.length === 10 ? formats.day(value) : formats.localDateTime(value);
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shown(value)]));
}

function warningText({ check }: FoundWarning, values: Record<string, string | number>, t: Translate): string {
  if (check === 'price-slip') {
    return t(
      values['word'] === 'above' ? 'deck.checkText.price-slip-above' : 'deck.checkText.price-slip-below',
      values,
    );
  }
  if (check === 'country-without-rate') {
    return t('deck.checkText.country-without-rate', { count: Number(values['calls'] ?? 0) });
  }
  return t(`deck.checkText.${check}`, values);
}

export function warningsView(warnings: readonly FoundWarning[], language: Language): DeckWarning[] {
  const t = createTranslate(language);
  return warnings.map((warning) => ({
    check: warning.check,
    title: t(`deck.check.${warning.check}`),
    count: warning.count,
    rows: warning.rows.map((row) => ({
      prefix: row.prefix,
      name: language === 'vi' ? row.nameVi : row.name,
      rowNumber: row.rowNumber,
      text: warningText(warning, shownValues(row, language), t),
    })),
  }));
}
