/** The dashboard, and what happened. */
import { type AlertNames, explainAlert } from '../../delivery/alert-text.ts';
import { createFormats } from '../../i18n/format.ts';
import { createTranslate, type Language } from '../../i18n/translate.ts';
import { isGranted, type Viewer } from '../../model/access.ts';
import { NOTICE_KINDS, NOTICE_READERS } from '../../model/notice.ts';
import { AlertStore } from '../../store/alerts.ts';
import { type NoticeRow, NoticeStore } from '../../store/notices.ts';
import type { Notice, NoticeList } from '../contract.ts';
import { dashboardOf } from '../dashboard-view.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';

const SHOWN = 50;

type Words = Pick<Notice, 'title' | 'text' | 'to'>;

export function dashboardRoutes(
  parts: ApiParts,
  names: AlertNames,
): Pick<Handlers, 'getDashboard' | 'listNotices' | 'readNotices'> {
  const { db } = parts.deps;
  const store = new NoticeStore(db);
  const alerts = new AlertStore(db);

  const wordsOf = ({ kind, values }: NoticeRow, language: Language, viewer: Viewer): Words | undefined => {
    const t = createTranslate(language);
    if (kind === 'alert') {
      const alert = alerts.get(Number(values['alertId']));
      if (alert === undefined) return undefined;
      return { ...explainAlert(alert, language, names, !viewer.seesNumbers), to: `/alerts?alert=${alert.id}` };
    }
    const formats = createFormats(language);
    const month = typeof values['month'] === 'string' ? formats.month(values['month']) : '';
    const words = { ...values, month };
    return {
      title: t(`notices.${kind}.title`, words),
      text: t(`notices.${kind}.text`, words),
      to: pageOf(kind, values),
    };
  };

  const listFor = (viewer: Viewer, language: Language): NoticeList => {
    const kinds = NOTICE_KINDS.filter((kind) => isGranted(viewer.role, NOTICE_READERS[kind]));
    const notices = store.list(viewer.userId, kinds, SHOWN).flatMap((row): Notice[] => {
      const words = wordsOf(row, language, viewer);
      return words === undefined ? [] : [{ id: row.id, kind: row.kind, atMs: row.atMs, isRead: row.isRead, ...words }];
    });
    return { notices, unread: store.unread(viewer.userId, kinds) };
  };

  return {
    getDashboard: ({ query, viewer, language }) => dashboardOf(parts, { viewer, month: query.month, language }),
    listNotices: ({ viewer, language }) => listFor(viewer, language),
    readNotices: ({ body, viewer, language }) => {
      store.read(viewer.userId, body.ids);
      return listFor(viewer, language);
    },
  };
}

function pageOf(kind: Exclude<NoticeRow['kind'], 'alert'>, values: NoticeRow['values']): string {
  switch (kind) {
    case 'source-down':
    case 'source-up':
    case 'import-finished':
    case 'import-failed':
      return `/sources?source=${values['sourceId']}`;
    case 'month-to-close':
      return `/month?month=${values['month']}`;
    case 'update-available':
      return '/settings';
    case 'schedule-failed':
      return '/schedules';
  }
}
