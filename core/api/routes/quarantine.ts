/** Frames that no rule could read. */
import { sourceIdOf } from '../../model/call.ts';
import type { ApiParts } from '../parts.ts';
import { maskUnread } from '../raw-lines.ts';
import type { Handlers } from '../register.ts';
import { requireSource } from '../source-view.ts';

export function quarantineRoutes(parts: ApiParts): Pick<Handlers, 'listQuarantine' | 'readAgain'> {
  const { deps, quarantine, sources } = parts;
  return {
    listQuarantine: ({ query }) => {
      const secrets = parts.secrets();
      const formats = parts.formats.list();
      const names = new Map(sources.listAll().map((source) => [source.id, source.name]));
      return {
        frames: quarantine.list(query).map((row) => ({
          id: row.id,
          sourceId: sourceIdOf(row.id),
          sourceName: names.get(sourceIdOf(row.id)) ?? '',
          receivedAtMs: row.receivedAtMs,
          formatId: row.formatId,
          reason: row.reason,
          detail: row.detail === null ? null : maskUnread(row.detail, secrets, formats),
          text: maskUnread(row.text, secrets, formats),
        })),
        total: quarantine.count(query.sourceId),
      };
    },
    readAgain: async ({ params }) => {
      const result = await deps.ingest.readAgain(requireSource(parts, params.id).id);
      for (const what of ['quarantine', 'calls'] as const) parts.changed(what);
      return { read: result.read, left: result.left };
    },
  };
}
