/** Every English text of the pages: a file of its own, loaded where English is read. */
export const texts = import.meta.glob<Record<string, unknown>>(
  [
    '../../core/i18n/en/*.json',
    '!../../core/i18n/en/{alert-text,api,cli,definition,errors,mail,paper,people-import,report,shell}.json',
  ],
  { eager: true, import: 'default' },
);
