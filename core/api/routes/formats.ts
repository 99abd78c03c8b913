/** The PBX formats, and which of them some bytes are in. */
import { optionsOf } from '../../../parsers/common-options.ts';
import { detect, lineFaultOf } from '../../../parsers/detect.ts';
import { settingsToTry } from '../../../parsers/detection/serial-line.ts';
import { formats as definitionFormats } from '../../../parsers/generic/index.ts';
import type { FormatDefinition } from '../../../parsers/types.ts';
import { OWN_PREFIX } from '../../formats/catalogue.ts';
import type { SourceConfig } from '../../model/source-config.ts';
import type { Format, SerialSettings } from '../contract.ts';
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

/** Proposed only where the bytes came through a port that can be set. */
function settingsFor(config: SourceConfig, text: string): SerialSettings[] {
  const fault = config.kind === 'serial' ? lineFaultOf(text) : undefined;
  if (config.kind !== 'serial' || fault === undefined) return [];
  return [...settingsToTry(fault, config)];
}

export function formatRoutes(parts: ApiParts): Pick<Handlers, 'listFormats' | 'detectFormat' | 'detectSource'> {
  return {
    listFormats: () => parts.formats.list().map(formatOf),
    detectFormat: ({ body }) => detect(Buffer.from(body).toString('latin1'), parts.formats.list()),
    detectSource: ({ params }) => {
      const source = requireSource(parts, params.id);
      const text = newestText(parts.deps.journal, source);
      const detection = detect(text, parts.formats.list());
      return { ...detection, settingsToTry: detection.lineFault === null ? [] : settingsFor(source.config, text) };
    },
  };
}
