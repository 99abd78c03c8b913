/** Where records come from: stored sources, their state, and the raw lines they send. */
import { optionsOf } from '../../../parsers/common-options.ts';
import type { FormatDefinition } from '../../../parsers/types.ts';
import type { Language } from '../../i18n/translate.ts';
import type { SourceConfig } from '../../model/source-config.ts';
import { mapSecrets } from '../../model/source-secrets.ts';
import type { SourceInput } from '../contract.ts';
import { type ApiParts, applySources } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import { newestLines } from '../raw-lines.ts';
import type { Handlers } from '../register.ts';
import { keepSecrets, requireSource, sourceOf } from '../source-view.ts';

function checkOptions(format: FormatDefinition, input: SourceInput, language: Language): void {
  for (const [name, value] of Object.entries(input.formatOptions)) {
    const choices = optionsOf(format).find((option) => option.name === name)?.choices;
    if (value === '' || choices === undefined || choices.includes(value)) continue;
    throw InvalidInput.of(`formatOptions.${name}`, 'formatOption', language, { choices: choices.join(', ') });
  }
}

function checkInput(parts: ApiParts, input: SourceInput, language: Language): void {
  const format = parts.formats.byId(input.formatId);
  if (format === undefined) throw InvalidInput.of('formatId', 'format', language);
  checkOptions(format, input, language);
}

type SourceRoutes = 'listSources' | 'addSource' | 'changeSource' | 'removeSource' | 'listRawLines';

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
      checkInput(parts, body, language);
      const config = sealed(keepSecrets(body.config, undefined, language));
      const row = sources.add({ ...body, config }, deps.nowMs());
      await apply();
      return sourceOf(parts, row, language);
    },
    changeSource: async ({ params, body, language }) => {
      checkInput(parts, body, language);
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
    listRawLines: ({ params, query }) => newestLines(parts, requireSource(parts, params.id), query.limit),
  };
}
