/** Formats of the site's own: described in the editor, tried on lines, stored in versions, exported and imported. */
import type { DefinitionFile } from '../../../parsers/definition/definition-file.ts';
import { type Proposal, proposeShape } from '../../../parsers/definition/propose.ts';
import { files } from '../../../parsers/generic/index.ts';
import { decodeText, decodeUtf8 } from '../../../parsers/text.ts';
import { OWN_PREFIX } from '../../formats/catalogue.ts';
import { importDefinition } from '../../formats/import-definition.ts';
import { readDefinition } from '../../formats/read-definition.ts';
import { bytesOfText, sampleDifferences, withSamples } from '../../formats/samples.ts';
import { isUnderstood, tryDefinition } from '../../formats/try-definition.ts';
import type { Language } from '../../i18n/translate.ts';
import { AppError } from '../../model/errors.ts';
import { OPENED_FILE_ENDINGS } from '../../model/opened-file.ts';
import type { ChangeEffect, Definition, ProposedShape, TriedLine } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';

type DefinitionRoutes =
  | 'getDefinition'
  | 'saveDefinition'
  | 'removeDefinition'
  | 'exportDefinition'
  | 'importDefinition'
  | 'tryDefinition'
  | 'proposeDefinition'
  | 'previewDefinition';

/** A stored definition was checked before it was stored. */
const definitionOf = (text: string): Definition => JSON.parse(text) as Definition;

/** A built-in format that is said in JSON, to copy from. */
function builtIn(id: string): Definition | undefined {
  const found = files.find((file) => (file as DefinitionFile).id === id);
  return found as Definition | undefined;
}

function checked(value: unknown, language: Language): DefinitionFile {
  const { definition, problems } = readDefinition(value, language);
  if (definition !== undefined) return definition;
  const fields = problems.map(({ path, message }) => ({ path: `definition.${path}`, message }));
  throw new InvalidInput(fields, 'definition-invalid', { count: problems.length, path: problems[0]?.path ?? '' });
}

function triedLine({ text, outcome, layout, fields, leftover }: ReturnType<typeof tryDefinition>[number]): TriedLine {
  const isRecord = outcome.kind === 'call' || outcome.kind === 'part';
  return {
    text,
    outcome: outcome.kind,
    reason: outcome.kind === 'noise' ? outcome.rule : outcome.kind === 'malformed' ? outcome.reason : null,
    record: isRecord ? { ...outcome.record } : null,
    doubts: isRecord ? [...(outcome.doubts ?? [])] : [],
    layout: layout ?? null,
    fields: fields.map((span) => ({ ...span })),
    leftover: leftover.map((span) => ({ ...span })),
  };
}

/** Without a character set, bytes that are UTF-8 are read as such, like lines are. */
function textOfBytes(bytes: string, encoding: string | undefined): string {
  return encoding === undefined ? (decodeUtf8(bytes) ?? bytes) : decodeText(bytes, encoding);
}

function proposalView(proposal: Proposal | undefined): ProposedShape {
  const { record, ...lines } = structuredClone({
    record: proposal?.record ?? null,
    skip: proposal?.skip ?? [],
    dateLines: proposal?.dateLines ?? [],
  });
  return {
    shape: proposal === undefined ? null : (structuredClone(proposal.shape) as Definition['layouts'][number]),
    dateOrder: proposal?.dateOrder ?? null,
    isDateOrderProved: proposal?.isDateOrderProved ?? false,
    record,
    skip: [...lines.skip],
    dateLines: [...lines.dateLines] as ProposedShape['dateLines'],
  };
}

export function formatDefinitionRoutes(parts: ApiParts): Pick<Handlers, DefinitionRoutes> {
  const { definitions, deps, sources } = parts;

  const stored = (id: string) => {
    const row = definitions.get(id);
    if (row !== undefined) return { definition: definitionOf(row.definition), version: row.version, isOwn: true };
    const definition = builtIn(id);
    if (definition === undefined) throw new AppError('not-found', { what: 'format', id });
    return { definition, version: 0, isOwn: false };
  };

  const effectOf = (definition: DefinitionFile): ChangeEffect => {
    const before = definitions.get(definition.id);
    const kept = before === undefined ? [] : (definitionOf(before.definition).samples ?? []);
    return {
      differences: sampleDifferences(definition, kept).map(({ text, before: was, after }) => ({
        text,
        before: { ...was },
        after: after === undefined ? null : { ...after },
      })),
      sources: sources
        .list()
        .filter(({ formatId }) => formatId === definition.id)
        .map(({ id, name }) => ({ id, name })),
    };
  };

  return {
    getDefinition: ({ params }) => stored(params.formatId),
    previewDefinition: ({ body, language }) => effectOf(checked(body.definition, language)),
    saveDefinition: async ({ body, language }) => {
      const definition = checked(body.definition, language);
      if (!definition.id.startsWith(OWN_PREFIX)) {
        throw InvalidInput.of('definition.id', 'ownFormatId', language);
      }
      const whole = withSamples(definition, body.sampleLines);
      const row = definitions.add(definition.id, JSON.stringify(whole), body.after, deps.nowMs());
      await deps.ingest.reload();
      parts.changed('sources');
      return { definition: definitionOf(row.definition), version: row.version, isOwn: true };
    },
    removeDefinition: ({ params }) => {
      definitions.remove(params.formatId, deps.nowMs());
      parts.changed('sources');
      return undefined;
    },
    exportDefinition: ({ params, query }) => {
      const { definition } = stored(params.formatId);
      const { samples, ...rest } = definition;
      const file = query.withSamples && samples !== undefined ? definition : rest;
      return {
        fileName: `${definition.id}${OPENED_FILE_ENDINGS.format}`,
        contentType: 'application/json; charset=utf-8',
        body: Buffer.from(`${JSON.stringify(file, null, 2)}\n`, 'utf8'),
      };
    },
    importDefinition: ({ body, language }) => {
      const { definition, problems, notes } = importDefinition(Buffer.from(body), language);
      return {
        definition: definition === undefined ? null : (structuredClone(definition) as Definition),
        problems: problems.map((problem) => ({ ...problem })),
        notes: [...notes],
      };
    },
    tryDefinition: ({ body, language }) => {
      const { definition, problems } = readDefinition(body.definition, language);
      if (definition === undefined) {
        return { problems: problems.map((problem) => ({ ...problem })), lines: [], understood: 0 };
      }
      const lines = tryDefinition(definition, body.isBytes ? body.text : bytesOfText(body.text));
      return { problems: [], lines: lines.map(triedLine), understood: lines.filter(isUnderstood).length };
    },
    proposeDefinition: ({ body }) => {
      const text = body.isBytes ? textOfBytes(body.text, body.encoding) : body.text;
      const proposal = proposeShape(text.split(/[\r\n\f]+/));
      return proposalView(proposal);
    },
  };
}
