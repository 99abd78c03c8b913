/** The PBX formats, and which of them some bytes are in. */
import { optionsOf } from '../../../parsers/common-options.ts';
import { detect } from '../../../parsers/detect.ts';
import { formats as definitionFormats } from '../../../parsers/generic/index.ts';
import type { FormatDefinition } from '../../../parsers/types.ts';
import { OWN_PREFIX } from '../../formats/catalogue.ts';
import type { Format } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { newestText } from '../raw-lines.ts';
import type { Handlers } from '../register.ts';
import { requireSource } from '../source-view.ts';

const isSaidInJson = (id: string): boolean => definitionFormats.some((format) => format.id === id);

function formatOf(format: FormatDefinition): Format {
  return {
    id: format.id,
    vendor: format.vendor,
    title: format.title,
    models: [...format.models],
    transports: [...format.transports],
    confidence: format.confidence,
    unsure: format.unsure === undefined ? null : { ...format.unsure },
    options: optionsOf(format).map(({ name, kind, choices, default: usual, help }) => ({
      name,
      kind,
      ...(choices && { choices: [...choices] }),
      ...(usual !== undefined && { default: usual }),
      help: { ...help },
    })),
    codeFields: [...format.codeFields],
    isOwn: format.id.startsWith(OWN_PREFIX),
    isDefinition: format.id.startsWith(OWN_PREFIX) || isSaidInJson(format.id),
  };
}

export function formatRoutes(parts: ApiParts): Pick<Handlers, 'listFormats' | 'detectFormat' | 'detectSource'> {
  return {
    listFormats: () => parts.formats.list().map(formatOf),
    detectFormat: ({ body }) => detect(Buffer.from(body).toString('latin1'), parts.formats.list()),
    detectSource: ({ params }) =>
      detect(newestText(parts.deps.journal, requireSource(parts, params.id).id), parts.formats.list()),
  };
}
