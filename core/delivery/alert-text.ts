/** An alert in words, with the figures that made it. The page, e-mails, webhooks and the desktop all say the same. */
import { createFormats, type Formats } from '../i18n/format.ts';
import { createTranslate, type Language, type TextKey, type TextValues, type Translate } from '../i18n/translate.ts';
import type { AlertKind, AlertValues } from '../model/alert.ts';
import { BANDS } from '../model/call.ts';
import { maskNumber } from '../model/masking.ts';

export interface ExplainedAlert {
  readonly kind: AlertKind;
  readonly values: AlertValues;
}

/** Names as they are today; undefined for who is no longer there. */
export interface AlertNames {
  person(id: number): string | undefined;
  department(id: number): string | undefined;
}

export interface AlertText {
  readonly title: string;
  readonly text: string;
}

class Explainer {
  readonly #language: Language;
  readonly #t: Translate;
  readonly #formats: Formats;
  readonly #names: AlertNames;
  readonly #masksNumbers: boolean;

  constructor(language: Language, names: AlertNames, masksNumbers: boolean) {
    this.#language = language;
    this.#t = createTranslate(language);
    this.#formats = createFormats(language);
    this.#names = names;
    this.#masksNumbers = masksNumbers;
  }

  explain({ kind, values }: ExplainedAlert): AlertText {
    const words = this.#words(kind, values);
    return { title: this.#t(titleKeyOf(kind, values), words), text: this.#t(textKeyOf(kind, values), words) };
  }

  #words(kind: AlertKind, values: AlertValues): TextValues {
    const words: Record<string, string> = {};
    for (const [key, value] of Object.entries(values)) words[key] = this.#word(key, value);
    if (kind === 'volume') words['whose'] = this.#whoseVolume(values);
    if (kind === 'budget') Object.assign(words, this.#budgetWords(values));
    if (kind === 'costly-call') {
      const currency = String(values['currency']);
      words['money'] = this.#formats.money({ amount: String(values['amount']), currency });
      words['limitMoney'] = this.#formats.money({ amount: String(values['limitAmount']), currency });
    }
    return words;
  }

  #word(key: string, value: string | number): string {
    if (typeof value === 'number') return this.#formats.number(value);
    switch (key) {
      case 'day':
      case 'night':
      case 'since':
        return this.#formats.day(value);
      case 'month':
        return this.#formats.month(value);
      case 'extension':
        return value === '' ? this.#t('alert-text.unknownExtension') : value;
      case 'number':
        if (value === '') return this.#t('alert-text.unknownNumber');
        return this.#masksNumbers ? maskNumber(value) : value;
      case 'country':
        return this.#country(value);
      case 'band':
        return this.#band(value);
      default:
        return value;
    }
  }

  #country(region: string): string {
    if (!/^[A-Z]{2}$/.test(region)) return region;
    const locale = this.#language === 'vi' ? 'vi-VN' : 'en-GB';
    return new Intl.DisplayNames(locale, { type: 'region' }).of(region) ?? region;
  }

  #band(text: string): string {
    const band = BANDS.find((known) => known === text);
    return band === undefined ? text : this.#t(`common.band.${band}`);
  }

  #whoseVolume(values: AlertValues): string {
    const { personId, band } = values;
    if (personId === undefined) return this.#t('alert-text.whose.band', { band: this.#band(String(band ?? '')) });
    const name = this.#person(Number(personId));
    return band === 'international' ? this.#t('alert-text.whose.abroad', { name }) : name;
  }

  #person(id: number): string {
    if (id === 0) return this.#t('alert-text.whose.nobody');
    return this.#names.person(id) ?? this.#t('alert-text.whose.removed');
  }

  #budgetWords(values: AlertValues): TextValues {
    const [personId, departmentId] = [Number(values['personId']), Number(values['departmentId'])];
    const removed = this.#t('alert-text.whose.removed');
    const name =
      personId > 0
        ? (this.#names.person(personId) ?? removed)
        : departmentId > 0
          ? (this.#names.department(departmentId) ?? removed)
          : this.#t('alert-text.whose.site');
    const bands = String(values['bands'] ?? '')
      .split(',')
      .filter((band) => band !== '')
      .map((band) => this.#band(band));
    const whose = bands.length === 0 ? name : this.#t('alert-text.whose.bands', { name, bands: bands.join(', ') });
    const figure = (key: string): string => this.#figure(String(values[key] ?? '0'), values);
    const figures = ['used', 'allowed', 'forecast', 'low', 'high'].map((key) => [key, figure(key)]);
    return { whose, ...Object.fromEntries(figures) };
  }

  #figure(amount: string, { unit, currency }: AlertValues): string {
    if (unit === 'money') return this.#formats.money({ amount, currency: String(currency) });
    return this.#t('alert-text.minutes', { count: this.#formats.number(BigInt(amount)) });
  }
}

function titleKeyOf(kind: AlertKind, values: AlertValues): TextKey {
  if (kind === 'budget' && values['stage'] === 'forecast') return 'alert-text.title.budgetForecast';
  return `alert-text.title.${kind}`;
}

const SHORT_KEYS = { to: 'shortTo', from: 'shortFrom', by: 'shortBy' } as const;
const TRANSFER_KEYS = { abroad: 'transfersAbroad', night: 'transfersNight', day: 'transfersDay' } as const;

function textKeyOf(kind: AlertKind, values: AlertValues): TextKey {
  switch (kind) {
    case 'short-calls': {
      const way = values['way'];
      return `alert-text.text.${SHORT_KEYS[way === 'from' || way === 'by' ? way : 'to']}`;
    }
    case 'transfers': {
      const why = values['why'];
      return `alert-text.text.${TRANSFER_KEYS[why === 'abroad' || why === 'night' ? why : 'day']}`;
    }
    case 'volume':
      return values['span'] === 'week' ? 'alert-text.text.volumeWeek' : 'alert-text.text.volumeDay';
    case 'budget':
      return values['stage'] === 'forecast' ? 'alert-text.text.budgetForecast' : 'alert-text.text.budget';
    case 'night-international':
    case 'premium':
    case 'long-call':
    case 'new-country':
    case 'costly-call':
      return `alert-text.text.${kind}`;
  }
}

export function explainAlert(
  alert: ExplainedAlert,
  language: Language,
  names: AlertNames,
  masksNumbers: boolean,
): AlertText {
  return new Explainer(language, names, masksNumbers).explain(alert);
}
