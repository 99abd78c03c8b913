/** The API itself, its live events, and the state of the program. */
import { buildOpenApi } from '../openapi.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { systemInfoFor, systemInfoOf } from '../system-view.ts';

export function systemRoutes(
  parts: ApiParts,
): Pick<Handlers, 'openapi' | 'events' | 'getSystem' | 'setPaused' | 'listSerialPorts'> {
  const { deps, events } = parts;
  let openApi: Record<string, unknown> | undefined;
  return {
    openapi: () => {
      openApi ??= buildOpenApi(deps.version);
      return openApi;
    },
    events: ({ query, language, request, viewerNow }) =>
      events.open({
        language: query.language ?? language,
        viewer: viewerNow,
        signal: request.signal,
      }),
    getSystem: ({ language, viewer }) => systemInfoFor(parts, viewer, language),
    setPaused: async ({ body, language }) => {
      await deps.pause.setPaused(body.isPaused);
      events.publish((reader) => ({ type: 'system', info: systemInfoOf(parts, reader) }));
      return systemInfoOf(parts, language);
    },
    listSerialPorts: async () => [...(await deps.listSerialPorts())],
  };
}
