/** What a month's file is called. Apart from the writers, so that naming a file does not load them. */
import { createTranslate, type Language } from '../i18n/translate.ts';

export type MonthFileType = 'xlsx' | 'pdf' | 'csv';

/** Without folder: `cuoc-goi-2026-03.xlsx`. */
export function monthFileName(month: string, type: MonthFileType, language: Language): string {
  return `${createTranslate(language)('report.fileName', { month })}.${type}`;
}
