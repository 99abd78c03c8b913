/** Reports on the screen and as files, within what who asks may see; and those that people named. */
import { dataFilesOf } from '../../data-files.ts';
import { createTranslate, type Language } from '../../i18n/translate.ts';
import type { Viewer } from '../../model/access.ts';
import { BANDS, CALL_DIRECTIONS } from '../../model/call.ts';
import { AppError } from '../../model/errors.ts';
import type { ReportFilter, ReportId } from '../../model/report-request.ts';
import { runReport, type ViewReportOptions, viewReport } from '../../reports/run-report.ts';
import { SavedReports, type SavedReport as StoredReport } from '../../store/saved-reports.ts';
import type { ReportQuery, SavedReport } from '../contract.ts';
import { CONTENT_TYPES } from '../file-response.ts';
import { paperView } from '../paper-view.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import { spooledFile } from '../spooled-file.ts';

type ReportHandlers = Pick<
  Handlers,
  'viewReport' | 'previewReport' | 'exportReport' | 'listSavedReports' | 'saveReport' | 'removeSavedReport'
>;

export function reportRoutes(parts: ApiParts): ReportHandlers {
  const { deps } = parts;
  const saved = new SavedReports(deps.db);
  const optionsOf = (
    viewer: Viewer,
    reportId: ReportId,
    query: ReportQuery,
    spoken: Language,
  ): Omit<ViewReportOptions, 'part'> => {
    const language = query.language ?? spoken;
    return {
      reportId,
      filter: filterOf(query, spoken),
      language,
      reader: {
        madeBy: viewer.name,
        scope: viewer.scope,
        seesNumbers: viewer.seesNumbers,
        seesCodes: parts.showsCodes(),
      },
      nowMs: deps.nowMs(),
      databasePath: deps.db.name,
      journalPath: dataFilesOf(deps.dataFolder).journal,
    };
  };
  return {
    viewReport: async ({ params, query, viewer, language }) => {
      const { sheet, offset, limit } = query;
      return viewReport({
        ...optionsOf(viewer, params.reportId, query, language),
        ...(sheet !== undefined && { part: { sheetId: sheet, offset, limit } }),
      });
    },
    previewReport: ({ params, query, viewer, language }) => {
      const { databasePath, ...request } = optionsOf(viewer, params.reportId, query, language);
      return paperView({ kind: 'report', databasePath, request }, query.pages);
    },
    exportReport: async ({ params: { reportId }, query, viewer, language }) => {
      const { type, from, to } = query;
      const options = optionsOf(viewer, reportId, query, language);
      const t = createTranslate(options.language);
      const name = t(`reports.fileName.${reportId}`);
      return {
        fileName: `${name}-${from === to ? from : `${from}-${to}`}.${type}`,
        contentType: CONTENT_TYPES[type],
        body: await spooledFile(deps.spoolFolder, type, (file) => runReport({ ...options, type }, file)),
      };
    },
    listSavedReports: ({ viewer }) => saved.list(viewer.userId, viewer.role).map((report) => savedView(report, viewer)),
    saveReport: ({ body, viewer }) => savedView(saved.save(body, viewer, deps.nowMs()), viewer),
    removeSavedReport: ({ params, viewer }) => {
      const report = saved.get(params.id);
      // Whether somebody else's exists is not said.
      if (report.ownerId !== viewer.userId) throw new AppError('not-found', { what: 'report', id: params.id });
      saved.remove(params.id);
      return undefined;
    },
  };
}

function savedView({ ownerId, sharedWith, ...report }: StoredReport, viewer: Viewer): SavedReport {
  return { ...report, sharedWith: [...sharedWith], isOwn: ownerId === viewer.userId };
}

/** Throws InvalidInput for values that are no numbers, kinds or directions. */
export function filterOf(query: ReportQuery, language: Language): ReportFilter {
  if (query.from > query.to) throw InvalidInput.of('to', 'day', language);
  const texts = (field: Exclude<keyof ReportQuery, 'from' | 'to' | 'language'>): readonly string[] =>
    (query[field] ?? '')
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  const ids = (field: 'departmentIds' | 'personIds' | 'sourceIds'): readonly number[] =>
    texts(field).map((text) => {
      const id = Number(text);
      if (!Number.isSafeInteger(id) || id < 0) throw InvalidInput.of(field, 'wholeNumber', language);
      return id;
    });
  const known = <Word extends string>(field: 'bands' | 'directions', words: readonly Word[]): readonly Word[] =>
    texts(field).map((text) => {
      const word = words.find((one) => one === text);
      if (word === undefined) throw InvalidInput.of(field, 'oneOf', language, { choices: words.join(', ') });
      return word;
    });
  return {
    from: query.from,
    to: query.to,
    departmentIds: ids('departmentIds'),
    personIds: ids('personIds'),
    codes: texts('codes'),
    extensions: texts('extensions'),
    trunks: texts('trunks'),
    bands: known('bands', BANDS),
    sourceIds: ids('sourceIds'),
    directions: known('directions', CALL_DIRECTIONS),
  };
}
