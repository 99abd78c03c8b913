/**
 * The texts the service itself speaks: one JSON file per area and language. The pages load theirs with the same file
 * layout. A new area of the service is two imports and two lines here.
 */
import enAlertText from './en/alert-text.json' with { type: 'json' };
import enApi from './en/api.json' with { type: 'json' };
import enAudit from './en/audit.json' with { type: 'json' };
import enCli from './en/cli.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enDeck from './en/deck.json' with { type: 'json' };
import enDefinition from './en/definition.json' with { type: 'json' };
import enDetect from './en/detect.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enHygiene from './en/hygiene.json' with { type: 'json' };
import enMail from './en/mail.json' with { type: 'json' };
import enNotices from './en/notices.json' with { type: 'json' };
import enNumbering from './en/numbering.json' with { type: 'json' };
import enPaper from './en/paper.json' with { type: 'json' };
import enPeopleImport from './en/people-import.json' with { type: 'json' };
import enPolicy from './en/policy.json' with { type: 'json' };
import enPrivacy from './en/privacy.json' with { type: 'json' };
import enRating from './en/rating.json' with { type: 'json' };
import enReport from './en/report.json' with { type: 'json' };
import enReports from './en/reports.json' with { type: 'json' };
import enShell from './en/shell.json' with { type: 'json' };
import enTariff from './en/tariff.json' with { type: 'json' };
import viAlertText from './vi/alert-text.json' with { type: 'json' };
import viApi from './vi/api.json' with { type: 'json' };
import viAudit from './vi/audit.json' with { type: 'json' };
import viCli from './vi/cli.json' with { type: 'json' };
import viCommon from './vi/common.json' with { type: 'json' };
import viDeck from './vi/deck.json' with { type: 'json' };
import viDefinition from './vi/definition.json' with { type: 'json' };
import viDetect from './vi/detect.json' with { type: 'json' };
import viErrors from './vi/errors.json' with { type: 'json' };
import viHygiene from './vi/hygiene.json' with { type: 'json' };
import viMail from './vi/mail.json' with { type: 'json' };
import viNotices from './vi/notices.json' with { type: 'json' };
import viNumbering from './vi/numbering.json' with { type: 'json' };
import viPaper from './vi/paper.json' with { type: 'json' };
import viPeopleImport from './vi/people-import.json' with { type: 'json' };
import viPolicy from './vi/policy.json' with { type: 'json' };
import viPrivacy from './vi/privacy.json' with { type: 'json' };
import viRating from './vi/rating.json' with { type: 'json' };
import viReport from './vi/report.json' with { type: 'json' };
import viReports from './vi/reports.json' with { type: 'json' };
import viShell from './vi/shell.json' with { type: 'json' };
import viTariff from './vi/tariff.json' with { type: 'json' };

export const english = {
  'alert-text': enAlertText,
  api: enApi,
  audit: enAudit,
  cli: enCli,
  common: enCommon,
  deck: enDeck,
  definition: enDefinition,
  detect: enDetect,
  errors: enErrors,
  hygiene: enHygiene,
  notices: enNotices,
  mail: enMail,
  numbering: enNumbering,
  paper: enPaper,
  'people-import': enPeopleImport,
  policy: enPolicy,
  privacy: enPrivacy,
  rating: enRating,
  shell: enShell,
  report: enReport,
  reports: enReports,
  tariff: enTariff,
} as const;

export type Areas = typeof english;

/** Same areas as English; test/i18n/locales.test.ts proves that the keys agree. */
export const vietnamese = {
  'alert-text': viAlertText,
  api: viApi,
  audit: viAudit,
  cli: viCli,
  common: viCommon,
  deck: viDeck,
  definition: viDefinition,
  detect: viDetect,
  errors: viErrors,
  hygiene: viHygiene,
  notices: viNotices,
  mail: viMail,
  numbering: viNumbering,
  paper: viPaper,
  'people-import': viPeopleImport,
  policy: viPolicy,
  privacy: viPrivacy,
  rating: viRating,
  shell: viShell,
  report: viReport,
  reports: viReports,
  tariff: viTariff,
} as const satisfies Record<keyof Areas, unknown>;
