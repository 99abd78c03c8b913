/** What an import from another call logger's description gives, and the definition around its fields. */
import type { DefinitionFile, LineShape } from '../../parsers/definition/definition-file.ts';
import type { DateOrder } from '../../parsers/types.ts';
import { OWN_PREFIX } from './catalogue.ts';

export interface Foreign {
  readonly definition: DefinitionFile;
  readonly notes: readonly string[];
}

export function foreignDefinition(
  vendor: string,
  layouts: readonly LineShape[],
  defaults: { readonly dateOrder?: DateOrder | undefined; readonly timeIs?: 'start' | 'end' | undefined },
  lines: number,
): DefinitionFile {
  const means = new Set(layouts.flatMap(({ fields }) => fields.map((field) => field.means)));
  return {
    formatVersion: 1,
    id: `${OWN_PREFIX}imported`,
    vendor,
    title: `${vendor} (imported)`,
    models: ['-'],
    transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
    confidence: 'unconfirmed',
    ...(lines > 1 && { record: { kind: 'lines' as const, count: lines, first: '\\S' } }),
    layouts,
    defaults,
    codeFields: means.has('account') ? ['account'] : means.has('authorization') ? ['authorization'] : [],
  };
}
