/** Formats that people describe: definitions, trying them on lines, sample lines, files. */
import { z } from 'zod';
import { Definition } from '../../formats/definition-schema.ts';
import { MASKED, parsedRecord, rawText } from './common.ts';

export { Definition };

export const PlacedProblem = z.object({ path: z.string(), message: z.string() });
export type PlacedProblem = z.infer<typeof PlacedProblem>;

const span = z.object({ from: z.number().int(), to: z.number().int() });
const outcome = z.enum(['call', 'part', 'noise', 'malformed', 'incomplete']);

export const TriedLine = z.object({
  text: z.string(),
  outcome,
  reason: z.string().nullable(),
  record: z.record(z.string(), z.unknown()).nullable(),
  doubts: z.array(z.string()),
  /** Line shape that read it, or that explains most of a line that none reads. */
  layout: z.number().int().nullable(),
  fields: z.array(span.extend({ field: z.number().int() })),
  leftover: z.array(span),
});
export type TriedLine = z.infer<typeof TriedLine>;

export const TRY_LINES_LIMIT = 500;
export const TryInput = z.object({
  /** Checked by itself, so that the editor gets problems and not a refusal. */
  definition: z.unknown(),
  text: z.string().max(512 * 1024),
  /** One character a byte, as raw lines come; otherwise ordinary text. */
  isBytes: z.boolean().default(false),
});
export const TryResult = z.object({
  problems: z.array(PlacedProblem),
  lines: z.array(TriedLine),
  /** Lines that are a call, a part of one, or known to be none. */
  understood: z.number().int(),
});
export type TryResult = z.infer<typeof TryResult>;

export const ProposeInput = z.object({
  text: z.string().max(512 * 1024),
  isBytes: z.boolean().default(false),
  encoding: z.string().max(60).optional(),
});
export const ProposedShape = z.object({
  shape: Definition.shape.layouts.element.nullable(),
  dateOrder: z.string().nullable(),
  isDateOrderProved: z.boolean(),
  /** Where a call prints several lines. */
  record: Definition.shape.record.unwrap().nullable(),
  /** Headings among the lines. */
  skip: Definition.shape.skip.unwrap(),
  dateLines: Definition.shape.dateLines.unwrap(),
});
export type ProposedShape = z.infer<typeof ProposedShape>;

const sample = z.object({
  text: rawText,
  outcome,
  reason: z.string().optional(),
  record: parsedRecord.optional(),
});
export const SampleDifference = z.object({ text: rawText, before: sample, after: sample.nullable() });
export type SampleDifference = z.infer<typeof SampleDifference>;

export const ChangeEffect = z.object({
  /** Sample lines that the changed definition reads differently. */
  differences: z.array(SampleDifference),
  /** Sources that read with this format. */
  sources: z.array(z.object({ id: z.number().int(), name: z.string() })),
});
export type ChangeEffect = z.infer<typeof ChangeEffect>;

export const StoredDefinition = z.object({
  /** Its sample lines are left out for readers who must not see numbers. */
  definition: Definition.meta({ [MASKED]: 'definition' }),
  /** 0 for a built-in format, which can be copied and not changed. */
  version: z.number().int(),
  isOwn: z.boolean(),
});
export type StoredDefinition = z.infer<typeof StoredDefinition>;

export const DefinitionInput = z.object({
  definition: Definition,
  /** The version it was made from; 0 for a new format. */
  after: z.number().int().min(0),
  /** Lines to keep with it as samples. */
  sampleLines: z.array(z.string().max(2048)).max(200).default([]),
});

export const ImportedDefinition = z.object({
  /** Null when nothing could be made of the file. */
  definition: Definition.nullable(),
  problems: z.array(PlacedProblem),
  /** What was not understood, in words. */
  notes: z.array(z.string()),
});
export type ImportedDefinition = z.infer<typeof ImportedDefinition>;
