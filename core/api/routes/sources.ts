/** Where records come from: stored sources, their state, and the raw lines they send. */
import type { SourceConfig } from '../../model/source-config.ts';
import { mapSecrets } from '../../model/source-secrets.ts';
import { requireFormat } from '../format-input.ts';
import { type ApiParts, applySources } from '../parts.ts';
import { newestLines } from '../raw-lines.ts';
import type { Handlers } from '../register.ts';
import { driftOf } from '../source-drift.ts';
import { keepSecrets, requireSource, sourceOf } from '../source-view.ts';

type SourceRoutes = 'getSourceDrift' | 'listSources' | 'addSource' | 'changeSource' | 'removeSource' | 'listRawLines';

export function sourceRoutes(parts: ApiParts): Pick<Handlers, SourceRoutes> {
  const { deps, sources } = parts;

  const sealed = (config: SourceConfig): SourceConfig => mapSecrets(config, (text) => deps.secretBox.seal(text));

  const apply = async (): Promise<void> => {
    await deps.ingest.reload();
    await applySources(deps);
    parts.changed('sources');
  };

  return {
    listSources: ({ language }) => sources.list().map((row) => sourceOf(parts, row, language)),
    addSource: async ({ body, language }) => {
      requireFormat(parts, body.formatId, body.formatOptions, language);
      const config = sealed(keepSecrets(body.config, undefined, language));
      const row = sources.add({ ...body, config }, deps.nowMs());
      await apply();
      return sourceOf(parts, row, language);
    },
    changeSource: async ({ params, body, language }) => {
      requireFormat(parts, body.formatId, body.formatOptions, language);
      const before = requireSource(parts, params.id);
      const config = sealed(keepSecrets(body.config, before.config, language));
      const row = sources.change(params.id, { ...body, config });
      await apply();
      return sourceOf(parts, row, language);
    },
    removeSource: async ({ params }) => {
      sources.remove(params.id, deps.nowMs());
      await apply();
      return undefined;
    },
    getSourceDrift: ({ params }) => driftOf(parts, requireSource(parts, params.id)),
    listRawLines: ({ params, query }) => newestLines(parts, requireSource(parts, params.id), query.limit),
  };
}
