import 'i18next';
import type access from '../core/i18n/en/access.json';
import type alerts from '../core/i18n/en/alerts.json';
import type app from '../core/i18n/en/app.json';
import type audit from '../core/i18n/en/audit.json';
import type backup from '../core/i18n/en/backup.json';
import type budgets from '../core/i18n/en/budgets.json';
import type calls from '../core/i18n/en/calls.json';
import type codes from '../core/i18n/en/codes.json';
import type comfort from '../core/i18n/en/comfort.json';
import type common from '../core/i18n/en/common.json';
import type dashboard from '../core/i18n/en/dashboard.json';
import type deck from '../core/i18n/en/deck.json';
import type formats from '../core/i18n/en/formats.json';
import type hygiene from '../core/i18n/en/hygiene.json';
import type live from '../core/i18n/en/live.json';
import type lookup from '../core/i18n/en/lookup.json';
import type month from '../core/i18n/en/month.json';
import type notices from '../core/i18n/en/notices.json';
import type people from '../core/i18n/en/people.json';
import type policy from '../core/i18n/en/policy.json';
import type privacy from '../core/i18n/en/privacy.json';
import type print from '../core/i18n/en/print.json';
import type quarantine from '../core/i18n/en/quarantine.json';
import type rerate from '../core/i18n/en/rerate.json';
import type reread from '../core/i18n/en/reread.json';
import type settings from '../core/i18n/en/settings.json';
import type sources from '../core/i18n/en/sources.json';
import type tariffs from '../core/i18n/en/tariffs.json';
import type wizard from '../core/i18n/en/wizard.json';
import type workbook from '../core/i18n/en/workbook.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: {
      access: typeof access;
      alerts: typeof alerts;
      app: typeof app;
      audit: typeof audit;
      backup: typeof backup;
      budgets: typeof budgets;
      calls: typeof calls;
      codes: typeof codes;
      comfort: typeof comfort;
      common: typeof common;
      dashboard: typeof dashboard;
      deck: typeof deck;
      formats: typeof formats;
      hygiene: typeof hygiene;
      live: typeof live;
      lookup: typeof lookup;
      month: typeof month;
      notices: typeof notices;
      people: typeof people;
      policy: typeof policy;
      print: typeof print;
      privacy: typeof privacy;
      quarantine: typeof quarantine;
      rerate: typeof rerate;
      reread: typeof reread;
      settings: typeof settings;
      sources: typeof sources;
      tariffs: typeof tariffs;
      wizard: typeof wizard;
      workbook: typeof workbook;
    };
  }
}
