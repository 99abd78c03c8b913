/** The API itself, its live events, and the state of the program. */
import { statSync } from 'node:fs';
import type { Language } from '../../i18n/translate.ts';
import type { SystemInfo } from '../contract.ts';
import { buildOpenApi } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import { problemOf } from '../problem.ts';
import type { Handlers } from '../register.ts';
import { isSessionToken } from '../session.ts';

/** With the log beside it: both take room on the disk. */
function fileBytes(path: string): number {
  return [path, `${path}-wal`]
    .map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}

function systemInfo({ deps, callQueries }: ApiParts, language: Language): SystemInfo {
  return {
    version: deps.version,
    dataFolder: deps.dataFolder,
    callsTotal: callQueries.totals({}).calls,
    journalBytes: fileBytes(deps.journal.db.name),
    databaseBytes: fileBytes(deps.db.name),
    startedAtMs: deps.startedAtMs,
    isPaused: deps.pause.isPaused(),
    problems: deps.problems().map((problem) => problemOf(problem, language)),
  };
}

export function systemRoutes(
  parts: ApiParts,
): Pick<Handlers, 'openapi' | 'events' | 'getSystem' | 'setPaused' | 'listSerialPorts'> {
  const { deps, events, sessions } = parts;
  let openApi: Record<string, unknown> | undefined;
  return {
    openapi: () => {
      openApi ??= buildOpenApi(deps.version);
      return openApi;
    },
    events: ({ language, request, sessionToken }) =>
      events.open({
        language,
        signal: request.signal,
        isAllowed: () => isSessionToken(sessions, sessionToken, deps.nowMs()),
      }),
    getSystem: ({ language }) => systemInfo(parts, language),
    setPaused: async ({ body, language }) => {
      await deps.pause.setPaused(body.isPaused);
      events.publish((reader) => ({ type: 'system', info: systemInfo(parts, reader) }));
      return systemInfo(parts, language);
    },
    listSerialPorts: async () => [...(await deps.listSerialPorts())],
  };
}
