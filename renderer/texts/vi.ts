/** Every Vietnamese text of the pages: a file of its own, loaded where Vietnamese is read. */
export const texts = import.meta.glob<Record<string, unknown>>(
  [
    '../../core/i18n/vi/*.json',
    '!../../core/i18n/vi/{alert-text,api,cli,definition,errors,mail,paper,people-import,report,shell}.json',
  ],
  { eager: true, import: 'default' },
);
