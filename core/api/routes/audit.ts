/** The audit trail for its readers: a list, a file, and whether it is whole. */
import { createTranslate } from '../../i18n/translate.ts';
import { SiteZone } from '../../ingest/site-zone.ts';
import { AUDIT_ACTORS, type AuditActor } from '../../model/audit.ts';
import { localSecondsOfDay, localText, shiftDay } from '../../model/time.ts';
import { createZoneClock } from '../../model/zone-clock.ts';
import { csvOfSheet, xlsxOfSheet } from '../../people/table-export.ts';
import type { AuditFilter as StoredFilter } from '../../store/audit.ts';
import { AuditWords, auditRows, faultWords } from '../audit-view.ts';
import type { AuditFilter } from '../contract.ts';
import { CONTENT_TYPES } from '../file-response.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';

const COLUMNS = ['id', 'at', 'who', 'action', 'what', 'name', 'reason', 'field', 'before', 'after', 'hash'] as const;
/** A name that stands for who has none. */
const isActor = (who: string | undefined): who is AuditActor => AUDIT_ACTORS.some((actor) => actor === who);

export function auditRoutes(
  parts: ApiParts,
): Pick<Handlers, 'listAudit' | 'getAuditChoices' | 'checkAudit' | 'exportAudit'> {
  const { deps, audit, settings } = parts;
  const startOf = (day: string): number | undefined => {
    const seconds = localSecondsOfDay(day);
    return seconds === undefined ? undefined : new SiteZone(settings.get().timeZone).placeLocal(seconds).instant * 1000;
  };
  const stored = ({ who, what, from, to, text }: AuditFilter): StoredFilter => ({
    ...(isActor(who) ? { actor: who, ...(who === 'owner' && { who: '' }) } : { who }),
    what,
    text,
    fromMs: from === undefined ? undefined : startOf(from),
    toMs: to === undefined ? undefined : startOf(shiftDay(to, 1) ?? to),
  });
  return {
    listAudit: ({ query: { limit, before, ...filter }, language }) => {
      const view = new AuditWords(deps.db, language);
      const { entries, hasMore } = audit.list({ ...stored(filter), before }, limit);
      return { entries: entries.map((entry) => view.entry(entry)), hasMore };
    },
    getAuditChoices: ({ language }) => {
      const view = new AuditWords(deps.db, language);
      const { who, what } = audit.choices();
      const named = who.filter((name) => name !== '').map((name) => ({ value: name, label: name }));
      const others = (['owner', 'program', 'stranger'] as const).map((actor) => ({
        value: actor,
        label: view.who('', actor),
      }));
      return { who: [...others, ...named], what: what.map((value) => ({ value, label: view.what(value) })) };
    },
    checkAudit: async ({ language }) => {
      const check = await audit.verify();
      return {
        isWhole: check.fault === undefined,
        entries: check.entries,
        text: faultWords(check, language),
        faultId: check.fault?.id ?? null,
        hash: check.head.hash,
      };
    },
    exportAudit: async ({ query: { type, language: asked, ...filter }, language: spoken, viewer }) => {
      const language = asked ?? spoken;
      const t = createTranslate(language);
      const clock = createZoneClock(settings.get().timeZone);
      const instantText = (ms: number): string => localText(Math.floor(clock(Math.floor(ms / 1000)))).replace('T', ' ');
      const view = new AuditWords(deps.db, language);
      const rows = [...auditRows(audit.read(stored(filter)), view, instantText, viewer.seesNumbers)];
      const headings = COLUMNS.map((column) => t(`audit.column.${column}`));
      const body =
        type === 'csv' ? csvOfSheet([headings, ...rows]) : await xlsxOfSheet(t('audit.sheet'), headings, rows);
      return { fileName: `${t('audit.fileName')}-${siteToday(parts)}.${type}`, contentType: CONTENT_TYPES[type], body };
    },
  };
}
