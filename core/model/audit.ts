/** What an entry of the audit trail holds: what was changed, field by field, without secrets. */
import { maskCode } from './masking.ts';

/** A value of one field, as JSON; texts that are too long are cut. */
export type AuditValue = string | number | boolean | null;

export interface AuditChange {
  /** Dotted: `config.port`. */
  readonly field: string;
  /** Absent: there was none. */
  readonly before?: AuditValue;
  readonly after?: AuditValue;
}

export const AUDIT_ACTORS = ['owner', 'user', 'program', 'stranger'] as const;
/** `owner`: of this computer. `program`: done by itself, at its time. `stranger`: nobody signed in. */
export type AuditActor = (typeof AUDIT_ACTORS)[number];

const SECRET = /password|secret|passphrase|token|private.?key|api.?key|^key$|totp|recovery|^pin$|^otp$|^send$/i;
const HIDDEN = '••••';
const LONGEST_TEXT = 400;
const MOST_FIELDS = 200;
const DEEPEST = 8;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Personal codes are secrets as well: the fields that hold one, by what stands beside them. */
function isCode(key: string, owner: Readonly<Record<string, unknown>>): boolean {
  if (key === 'code' || key === 'codes' || key === 'newCode' || key === 'oldCodes') return true;
  return owner['kind'] === 'code' && ['value', 'lastValue', 'first', 'last'].includes(key);
}

/** Of an address of the web only who is asked: what follows may be a secret, and so may a name before it. */
function withoutPath(address: string): string {
  const [, origin, rest = ''] = /^(https?:\/\/[^/?#@\s]+)([/?#].*)?$/i.exec(address) ?? [];
  if (origin === undefined) return HIDDEN;
  return rest === '' || rest === '/' ? address : `${origin}/${HIDDEN}`;
}

/** One field as it may be kept; undefined where it goes on below. */
function kept(key: string, value: unknown, owner: Readonly<Record<string, unknown>>): AuditValue | undefined {
  if (value === null || value === undefined) return null;
  if (SECRET.test(key) && typeof value !== 'boolean') return value === '' ? '' : HIDDEN;
  if (key === 'url' && typeof value === 'string') return withoutPath(value);
  if (isCode(key, owner)) return typeof value === 'string' ? maskCode(value) : HIDDEN;
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  return undefined;
}

/** What tells the items of a list apart; their place where nothing does. */
function keyOf(item: unknown, at: number): string {
  if (!isObject(item)) return String(at + 1);
  const id = item['id'] ?? item['key'] ?? item['name'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : String(at + 1);
}

function flatten(value: unknown, path: string, depth: number, into: Map<string, AuditValue>): void {
  if (into.size >= MOST_FIELDS) return;
  if (depth > DEEPEST) {
    into.set(path, '…');
    return;
  }
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    const key = path.slice(path.lastIndexOf('.') + 1);
    into.set(path, kept(key, value.join(', '), {}) ?? null);
    return;
  }
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((item, at) => [keyOf(item, at), item])
    : isObject(value)
      ? Object.entries(value)
      : [];
  const owner = isObject(value) ? value : {};
  for (const [key, one] of entries) {
    const below = path === '' ? key : `${path}.${key}`;
    const simple = kept(key, one, owner);
    if (simple !== undefined) into.set(below, simple);
    else flatten(one, below, depth + 1, into);
  }
}

/** Every field of a value with its path. Secrets are hidden, codes masked, long texts and lists cut. */
export function fieldsOf(value: unknown): ReadonlyMap<string, AuditValue> {
  const fields = new Map<string, AuditValue>();
  flatten(value, '', 0, fields);
  return fields;
}

/** The fields in which two states differ; undefined: there was or is no such thing. */
export function changesBetween(before: unknown, after: unknown): readonly AuditChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field): AuditChange[] => {
    const [old, now] = [was.get(field), is.get(field)];
    if (old === now) return [];
    return [{ field, ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) }];
  });
}
