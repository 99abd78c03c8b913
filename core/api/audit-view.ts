/** Entries of the audit trail in words: names instead of ids, fields as the pages call them. */
import { createFormats } from '../i18n/format.ts';
import { createTranslate, type Language, translateIfKnown } from '../i18n/translate.ts';
import type { AuditValue } from '../model/audit.ts';
import { type MaskNumber, maskNumbersIn } from '../model/masking.ts';
import type { AuditCheck as StoredCheck, AuditEntry as StoredEntry } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { departmentName, personName } from '../store/names.ts';
import { SourceStore } from '../store/sources.ts';
import { UserStore } from '../store/users.ts';
import type { AuditEntry } from './contract.ts';

/** Ahead of a name of a route: what it does, where no text of its own says it. */
const VERB =
  /^(add|change|put|rename|replace|remove|drop|cancel|apply|confirm|start|stop|undo|takeBack|take|save|restore|import|export|print|send|read|seed|copy|act|set|end|reset|close|reopen|publish|upload|test|seal)/;

const words = (camel: string): string =>
  camel.replace(/([a-z\d])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

export class AuditWords {
  readonly #language: Language;
  readonly #db: Database;
  readonly #names = new Map<string, string>();

  constructor(db: Database, language: Language) {
    this.#db = db;
    this.#language = language;
  }

  entry({ id, atMs, actor, who, action, what, name, reason, changes }: StoredEntry): AuditEntry {
    return {
      id,
      atMs,
      actor,
      who: this.who(who, actor),
      action: this.action(action),
      what: this.what(what),
      name,
      reason,
      changes: changes.map(({ field, before, after }) => ({
        field: this.field(field),
        before: this.#value(field, before),
        after: this.#value(field, after),
      })),
    };
  }

  who(who: string, actor: StoredEntry['actor'] = 'owner'): string {
    const t = createTranslate(this.#language);
    if (actor === 'stranger') return who === '' ? t('audit.actor.stranger') : t('audit.actor.typed', { name: who });
    if (actor === 'program') return t('audit.actor.program');
    return who === '' ? t('audit.actor.owner') : who;
  }

  what(what: string): string {
    return translateIfKnown(this.#language, `audit.what.${what}`) ?? what.replaceAll('-', ' ');
  }

  action(action: string): string {
    const own = translateIfKnown(this.#language, `audit.action.${action}`);
    if (own !== undefined) return own;
    const verb = VERB.exec(action)?.[0];
    return (verb === undefined ? undefined : translateIfKnown(this.#language, `audit.verb.${verb}`)) ?? words(action);
  }

  /** `assignments.12.validTo`: each part as it is called, the numbers of rows left out. */
  field(path: string): string {
    const parts = path.split('.').filter((part) => !/^\d+$/.test(part));
    return parts.map((part) => translateIfKnown(this.#language, `audit.field.${part}`) ?? words(part)).join(' › ');
  }

  #value(field: string, value: AuditValue | undefined): string | null {
    if (value === undefined || value === null || value === '') return null;
    const t = createTranslate(this.#language);
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    const key = field.slice(field.lastIndexOf('.') + 1);
    if (key === 'why') return translateIfKnown(this.#language, `errors.${value}`) ?? String(value);
    if (key === 'fault') return translateIfKnown(this.#language, `audit.fault.${value}`, { id: '…' }) ?? String(value);
    if (typeof value === 'number') return this.#nameOf(key, value) ?? this.#number(key, value);
    return /^\d{4}-\d\d-\d\d$/.test(value) ? createFormats(this.#language).day(value) : value;
  }

  #number(key: string, value: number): string {
    const formats = createFormats(this.#language);
    if (key.endsWith('AtMs')) return new Date(value).toISOString().slice(0, 16).replace('T', ' ');
    return key === 'id' || key.endsWith('Id') || key === 'port' ? String(value) : formats.number(value);
  }

  #nameOf(key: string, id: number): string | undefined {
    const kind = /(person|department|source|user)s?Ids?$/i.exec(key)?.[1]?.toLowerCase();
    if (kind === undefined && key !== 'parentId') return undefined;
    const cached = this.#names.get(`${key} ${id}`);
    if (cached !== undefined) return cached;
    const found = this.#look(kind ?? 'department', id);
    if (found !== undefined) this.#names.set(`${key} ${id}`, found);
    return found;
  }

  #look(kind: string, id: number): string | undefined {
    if (kind === 'person') return personName(this.#db, id);
    if (kind === 'department') return departmentName(this.#db, id);
    return kind === 'source' ? new SourceStore(this.#db).get(id)?.name : new UserStore(this.#db).find(id)?.name;
  }
}

export function faultWords({ fault }: StoredCheck, language: Language): string {
  if (fault === undefined) return '';
  return createTranslate(language)(`audit.fault.${fault.kind}`, { id: fault.id });
}

/** Headings and rows of a file; one row for each changed field. */
export function* auditRows(
  entries: Iterable<StoredEntry>,
  view: AuditWords,
  instantText: (ms: number) => string,
  seesNumbers: boolean,
): Generator<readonly string[]> {
  const shown: MaskNumber = seesNumbers ? (text) => text : maskNumbersIn;
  for (const stored of entries) {
    const { id, atMs, who, action, what, name, reason, changes } = view.entry(stored);
    const start = [String(id), instantText(atMs), who, action, what, shown(name), shown(reason)];
    const rows = changes.length === 0 ? [{ field: '', before: null, after: null }] : changes;
    for (const { field, before, after } of rows) {
      yield [...start, field, shown(before ?? ''), shown(after ?? ''), stored.hash];
    }
  }
}
