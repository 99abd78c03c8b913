/** Every failure in one shape (RFC 9457), in the caller's language. This is the one place where errors become answers. */
import { createTranslate, type Language, type TextValues } from '../i18n/translate.ts';
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';
import type { Problem } from './contract.ts';
import { type FieldMessage, type FieldText, fieldMessage } from './field-message.ts';

const STATUS: Record<ErrorCode, number> = {
  'not-found': 404,
  'invalid-input': 422,
  'not-signed-in': 401,
  'not-allowed': 403,
  'sign-in-refused': 401,
  'sign-in-wait': 429,
  'second-factor-needed': 401,
  'account-closed': 403,
  'password-due': 403,
  'password-wrong': 422,
  'second-factor-wrong': 422,
  'last-administrator': 409,
  'network-needs-administrator': 409,
  'directory-off': 409,
  'directory-unavailable': 503,
  'directory-name-wrong': 409,
  'directory-login-refused': 409,
  'directory-base-wrong': 409,
  'directory-filter-wrong': 422,
  'directory-not-tls': 409,
  'directory-certificate': 409,
  'directory-nobody': 409,
  'directory-answer': 409,
  'bad-origin': 403,
  'codes-hidden': 403,
  'number-masked': 422,
  'month-anonymised': 409,
  conflict: 409,
  'undo-conflict': 409,
  'undo-gone': 410,
  'code-overlap': 409,
  'extension-overlap': 409,
  'person-in-use': 409,
  'department-in-use': 409,
  'department-cycle': 409,
  'source-in-use': 409,
  'file-already-imported': 409,
  'file-not-found': 404,
  'file-not-readable': 422,
  'file-not-csv-or-xlsx': 422,
  'import-expired': 410,
  'import-has-errors': 409,
  'renewal-expired': 410,
  'codes-do-not-fit': 409,
  'port-taken': 409,
  'address-not-here': 409,
  'port-not-found': 409,
  'port-no-permission': 409,
  'host-not-found': 409,
  'host-refused': 409,
  'host-unreachable': 409,
  'login-rejected': 409,
  'login-timeout': 409,
  'peer-refused': 409,
  'too-many-connections': 409,
  'link-silent': 409,
  'link-damaged': 409,
  'link-refused': 409,
  'link-not-spoken': 409,
  'web-client-here': 409,
  'records-at-web-port': 409,
  'request-refused': 409,
  'request-unfinished': 409,
  'key-unusable': 422,
  'setting-unusable': 422,
  'datagrams-lost': 409,
  'folder-not-found': 404,
  'folder-not-readable': 422,
  'link-leads-out': 422,
  'file-rewritten': 409,
  'file-repeated': 409,
  'file-unfinished': 409,
  'upload-unfinished': 409,
  'upload-refused': 409,
  'upload-not-allowed': 409,
  'upload-too-often': 409,
  'upload-login-refused': 409,
  'upload-too-large': 413,
  'host-key-unknown': 409,
  'host-key-changed': 409,
  'certificate-refused': 409,
  'database-refused': 409,
  'database-no-right': 409,
  'secret-unreadable': 500,
  'key-file-open': 500,
  'capture-restarted': 503,
  'database-from-future': 500,
  'database-damaged': 500,
  'database-locked': 503,
  'journal-chain-broken': 500,
  'disk-full': 507,
  'disk-read-only': 507,
  'folder-in-use': 409,
  'format-unknown': 422,
  'format-in-use': 409,
  'definition-invalid': 422,
  'tariff-invalid': 422,
  'tariff-published': 409,
  'rerate-running': 409,
  'rerate-not-ready': 409,
  'rerate-outdated': 409,
  'rerate-not-last': 409,
  'tariff-in-use': 409,
  'draft-changed': 409,
  'numbering-plan-refused': 422,
  'month-closed': 409,
  'month-not-over': 409,
  'month-not-closed': 409,
  'month-still-read': 409,
  'restatement-settled': 409,
  'decision-settled': 409,
  'already-answered': 409,
  'selection-changed': 409,
  'selection-too-large': 422,
  'call-not-closed': 409,
  'backup-unreadable': 422,
  'backup-damaged': 422,
  'backup-from-future': 409,
  'backup-running': 409,
  'backup-folder-refused': 422,
  'folder-not-empty': 409,
  'closed-file-differs': 409,
  'export-cancelled': 409,
  'too-large': 413,
  busy: 503,
  internal: 500,
};

/** Input that cannot be accepted as it is; each field says, translated, what to enter. */
export class InvalidInput extends AppError {
  readonly fields: readonly FieldMessage[];

  constructor(fields: readonly FieldMessage[], code: ErrorCode = 'invalid-input', values?: ErrorValues) {
    super(code, values ?? { fields: fields.map((field) => field.path).join(', ') });
    this.fields = fields;
  }

  /** One field; `path` is dotted (`config.port`). */
  static of(path: string, text: FieldText, language: Language, values?: TextValues): InvalidInput {
    return new InvalidInput([{ path, message: fieldMessage(language, text, values) }]);
  }
}

/** What the stores refuse carries the field's name in its values; what a form gets is a message at that field. */
const STORE_FIELDS: Readonly<Record<string, FieldText>> = {
  validTo: 'dayOrder',
  activeTo: 'dayOrder',
  lastValue: 'rangeOrder',
  day: 'day',
};

function fieldsOf(error: { readonly values: ErrorValues }, title: string, language: Language): FieldMessage[] {
  if (error instanceof InvalidInput) return [...error.fields];
  const { field } = error.values;
  if (typeof field !== 'string') return [];
  const text = STORE_FIELDS[field];
  return [{ path: field, message: text === undefined ? title : fieldMessage(language, text) }];
}

/** A problem as part of another answer (a source's state, an import) or as an answer of its own. */
export function problemOf(
  error: { readonly code: ErrorCode; readonly values: ErrorValues },
  language: Language,
): Problem {
  const title = createTranslate(language)(`errors.${error.code}`, error.values);
  const fields = fieldsOf(error, title, language);
  return {
    type: `urn:tollbook:problem:${error.code}`,
    title,
    status: STATUS[error.code],
    code: error.code,
    values: { ...error.values },
    ...(fields.length > 0 && { fields }),
  };
}

export function problemResponse(problem: Problem): Response {
  const response = new Response(JSON.stringify(problem), { status: problem.status });
  response.headers.set('content-type', 'application/problem+json; charset=utf-8');
  response.headers.set('cache-control', 'no-store');
  return response;
}
