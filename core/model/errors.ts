/** Operating failures a person can act on. Bad input is a value, not an exception; a bug is an ordinary Error. */

export const ERROR_CODES = [
  'not-found',
  'invalid-input',
  'not-signed-in',
  'not-allowed',
  'bad-origin',
  'codes-hidden',
  'number-masked',
  'conflict',
  'code-overlap',
  'extension-overlap',
  'person-in-use',
  'department-in-use',
  'department-cycle',
  'source-in-use',
  'file-already-imported',
  'file-not-found',
  'file-not-readable',
  'file-not-csv-or-xlsx',
  'import-expired',
  'import-has-errors',
  'renewal-expired',
  'codes-do-not-fit',
  'port-taken',
  'port-not-found',
  'port-no-permission',
  'host-not-found',
  'host-refused',
  'host-unreachable',
  'login-rejected',
  'login-timeout',
  'peer-refused',
  'too-many-connections',
  'link-silent',
  'link-damaged',
  'link-refused',
  'link-not-spoken',
  'web-client-here',
  'records-at-web-port',
  'request-refused',
  'request-unfinished',
  'key-unusable',
  'setting-unusable',
  'datagrams-lost',
  'folder-not-found',
  'folder-not-readable',
  'link-leads-out',
  'file-rewritten',
  'file-repeated',
  'file-unfinished',
  'upload-unfinished',
  'upload-refused',
  'upload-not-allowed',
  'upload-too-often',
  'upload-login-refused',
  'upload-too-large',
  'host-key-unknown',
  'host-key-changed',
  'certificate-refused',
  'database-refused',
  'database-no-right',
  'secret-unreadable',
  'key-file-open',
  'capture-restarted',
  'database-from-future',
  'database-damaged',
  'database-locked',
  'journal-chain-broken',
  'disk-full',
  'disk-read-only',
  'folder-in-use',
  'format-unknown',
  'format-in-use',
  'definition-invalid',
  'tariff-invalid',
  'tariff-published',
  'rerate-running',
  'rerate-not-ready',
  'rerate-outdated',
  'rerate-not-last',
  'tariff-in-use',
  'draft-changed',
  'numbering-plan-refused',
  'month-closed',
  'month-not-over',
  'month-not-closed',
  'month-still-read',
  'restatement-settled',
  'decision-settled',
  'selection-changed',
  'selection-too-large',
  'call-not-closed',
  'closed-file-differs',
  'too-large',
  'busy',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export function isErrorCode(text: string): text is ErrorCode {
  return (ERROR_CODES as readonly string[]).includes(text);
}

/** Values for the translated message: `errors.<code>` in the locale files says what was tried and what to do. */
export type ErrorValues = Readonly<Record<string, string | number>>;

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly values: ErrorValues;

  constructor(code: ErrorCode, values: ErrorValues = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(values)}`, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.values = values;
  }
}

export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
