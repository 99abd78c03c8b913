/** Views, undo, changes of many people, running work and the first week. */
import { isGranted, type Viewer } from '../../model/access.ts';
import { AppError } from '../../model/errors.ts';
import { type BulkEffect, changePeople } from '../../people/bulk-change.ts';
import { FirstSteps } from '../../store/first-steps.ts';
import { SavedViews, type SavedView as StoredView } from '../../store/saved-views.ts';
import type { FirstWeek, PeopleChangeEffect, SavedView, ViewPage } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';
import type { Undo } from '../undo.ts';
import type { WorkList } from '../work-list.ts';

type ComfortRoutes =
  | 'listViews'
  | 'saveView'
  | 'removeView'
  | 'undoChange'
  | 'previewPeopleChange'
  | 'changePeople'
  | 'listWork'
  | 'getFirstWeek'
  | 'putFirstWeekAway';

/** Filters that hold digits somebody typed: others may not be allowed to see them. */
const HAS_TYPED_TEXT = /(^|&)(number|text|q)=/;

function isShownTo(view: StoredView, viewer: Viewer): boolean {
  return view.ownerId === viewer.userId || viewer.seesNumbers || !HAS_TYPED_TEXT.test(view.search);
}

function viewOf(view: StoredView, viewer: Viewer): SavedView {
  const { id, name, search, columns, ownerId, ownerName, isShared } = view;
  return {
    id,
    page: view.page as ViewPage,
    name,
    search,
    columns: columns === null ? null : [...columns],
    ownerName,
    isOwn: ownerId === viewer.userId,
    isShared,
  };
}

function effectOf({ people, moved, endedCodes, endedExtensions }: BulkEffect): PeopleChangeEffect {
  return { people, moved, endedCodes, endedExtensions };
}

export function comfortRoutes(parts: ApiParts, undo: Undo, work: WorkList): Pick<Handlers, ComfortRoutes> {
  const { db, ingest, nowMs } = parts.deps;
  const views = new SavedViews(db);
  const steps = new FirstSteps(db);

  const firstWeek = (): FirstWeek => {
    const { calls, people, codes, unknownCodeCalls, closedMonths, backups, remembered } = steps.facts();
    return {
      steps: [
        { step: 'source', isDone: calls > 0, count: calls },
        { step: 'people', isDone: people > 0, count: people },
        { step: 'codes', isDone: codes > 0, count: codes },
        { step: 'tariff', isDone: remembered.has('tariff'), count: 0 },
        { step: 'unknown-codes', isDone: calls > 0 && codes > 0 && unknownCodeCalls === 0, count: unknownCodeCalls },
        { step: 'alert-mail', isDone: remembered.has('alert-mail'), count: 0 },
        { step: 'backup', isDone: backups > 0, count: 0 },
        { step: 'month', isDone: closedMonths > 0, count: 0 },
      ],
      isPutAway: remembered.has('put-away'),
    };
  };

  return {
    listViews: ({ query, viewer }) =>
      views
        .list(query.page, viewer.userId)
        .filter((view) => isShownTo(view, viewer))
        .map((view) => viewOf(view, viewer)),
    saveView: ({ body, viewer }) => viewOf(views.save(body, viewer, nowMs()), viewer),
    removeView: ({ params, viewer }) => {
      const view = views.get(params.id);
      const mayRemove = view.ownerId === viewer.userId || (view.isShared && isGranted(viewer.role, 'administer'));
      if (!mayRemove) throw new AppError('not-found', { what: 'view', id: params.id });
      views.remove(params.id);
      return undefined;
    },
    undoChange: async ({ params, viewer }) => {
      await undo.takeBack(params.id, viewer);
      return undefined;
    },
    previewPeopleChange: ({ body }) => effectOf(changePeople(db, body, { today: siteToday(parts), isPreview: true })),
    changePeople: async ({ body }) => {
      const effect = changePeople(db, body, { today: siteToday(parts), isPreview: false });
      await ingest.reload();
      if (effect.scope.codes.length + effect.scope.extensions.length > 0) {
        await ingest.rebook(effect.scope);
        parts.changed('calls');
      }
      parts.changed('people');
      return effectOf(effect);
    },
    listWork: ({ viewer, language }) => work.list(viewer, language),
    getFirstWeek: firstWeek,
    putFirstWeekAway: ({ body }) => {
      if (body.isPutAway) steps.remember('put-away', nowMs());
      else steps.forget('put-away');
      return firstWeek();
    },
  };
}
