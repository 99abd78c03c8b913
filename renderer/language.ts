/** Texts of the window: every area of core/i18n that pages use, in the language in use. */
import dayjs from 'dayjs';
import 'dayjs/locale/vi';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import i18next from 'i18next';
import { useEffect, useState } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { speak } from './api.ts';

export type LanguageCode = 'vi' | 'en';
export type LanguageChoice = LanguageCode | 'auto';

const STORED_AT = 'tollbook.language';

const LOAD = {
  vi: () => import('./texts/vi.ts'),
  en: () => import('./texts/en.ts'),
} as const;

/** The texts of one language by area; the other one is fetched when somebody asks for it. */
async function textsOf(language: LanguageCode): Promise<Record<string, Record<string, unknown>>> {
  const { texts } = await LOAD[language]();
  const areas = Object.entries(texts).map(([path, area]) => [/([\w-]+)\.json$/.exec(path)?.[1] ?? '', area]);
  return Object.fromEntries(areas);
}

function systemLanguage(): LanguageCode {
  return navigator.language.toLowerCase().startsWith('vi') ? 'vi' : 'en';
}

function storedChoice(): LanguageChoice {
  const stored = localStorage.getItem(STORED_AT);
  return stored === 'vi' || stored === 'en' ? stored : 'auto';
}

function resolve(choice: LanguageChoice): LanguageCode {
  return choice === 'auto' ? systemLanguage() : choice;
}

// Date fields read what is typed as dd/mm/yyyy only with this.
dayjs.extend(customParseFormat);

function tellOthers(language: LanguageCode): void {
  document.documentElement.lang = language;
  dayjs.locale(language);
  speak(language);
}

export async function startLanguage(): Promise<void> {
  const language = resolve(storedChoice());
  tellOthers(language);
  await i18next.use(initReactI18next).init({
    lng: language,
    // Both languages have every key (test/i18n).
    fallbackLng: false,
    ns: ['app'],
    defaultNS: 'app',
    resources: { [language]: await textsOf(language) } as never,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

async function fetchTexts(language: LanguageCode): Promise<void> {
  if (i18next.hasResourceBundle(language, 'app')) return;
  for (const [area, texts] of Object.entries(await textsOf(language))) i18next.addResourceBundle(language, area, texts);
}

/** For pages that speak two languages at once: false until the texts of all of them are there. */
export function useTextsOf(languages: readonly LanguageCode[]): boolean {
  const missing = languages.filter((language) => !i18next.hasResourceBundle(language, 'app')).join(' ');
  const [, setFetched] = useState('');
  useEffect(() => {
    if (missing === '') return;
    const wanted = (['vi', 'en'] as const).filter((language) => missing.includes(language));
    void Promise.all(wanted.map(fetchTexts)).then(() => setFetched(missing));
  }, [missing]);
  return missing === '';
}

/** Switches every text at once and remembers the choice on this computer. */
export async function changeLanguage(choice: LanguageChoice): Promise<void> {
  const language = resolve(choice);
  localStorage.setItem(STORED_AT, choice);
  if (i18next.language === language) return;
  if (!i18next.hasResourceBundle(language, 'app')) {
    for (const [area, texts] of Object.entries(await textsOf(language)))
      i18next.addResourceBundle(language, area, texts);
  }
  tellOthers(language);
  await i18next.changeLanguage(language);
}

export function hasStoredChoice(): boolean {
  return localStorage.getItem(STORED_AT) !== null;
}

export function useLanguage(): LanguageCode {
  const { i18n } = useTranslation();
  return i18n.language === 'vi' ? 'vi' : 'en';
}

/**
 * A text whose key comes from the service (`rating:step.base`). Areas of other parts of the program are not typed here,
 * so a key that is missing gives the fallback instead of the bare key.
 */
export function textOr(key: string, values: Readonly<Record<string, string | number>>, fallback: string): string {
  const isThere = i18next.exists(key as never);
  return isThere ? String(i18next.t(key as never, values as never)) : fallback;
}
