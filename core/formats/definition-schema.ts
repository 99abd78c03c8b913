/** The shape of a definition file as a zod schema. docs/format-definition.schema.json is made from it. */
import { z } from 'zod';
import {
  ACCEPTED,
  DEFINITION_VERSION,
  type DefinitionFile,
  DURATION_FORMS,
  LONGEST_LINE_BYTES,
  TEXT_MEANINGS,
} from '../../parsers/definition/definition-file.ts';
import { LONGEST_PATTERN } from '../../parsers/definition/safe-pattern.ts';

const DATE_ORDERS = ['DMY', 'MDY', 'YMD', 'YDM', 'MD', 'DM'] as const;
const TRANSPORTS = [
  'serial',
  'tcp-client',
  'tcp-listener',
  'udp-listener',
  'http-push',
  'nec-link',
  'mitel-5000-link',
  'database',
  'file',
  'ami',
] as const;

const text = z.string().max(200);
const name = z.string().trim().min(1).max(60);
const pattern = z.string().min(1).max(LONGEST_PATTERN);
const texts = z.array(text).max(50);
const dateOrder = z.enum(DATE_ORDERS);
const moment = z.enum(['start', 'answer', 'end', 'arrival']);
const months = z.array(name).length(12);

const Effects = z.strictObject({
  direction: z.enum(['outgoing', 'incoming', 'internal', 'tandem']).optional(),
  answered: z.boolean().optional(),
  transferred: z.boolean().optional(),
  extra: z.record(name, text).optional(),
});
const Word = Effects.extend({ text: text.min(1), isPrefix: z.boolean().optional() });

const Place = z.union([
  z.strictObject({
    start: z.number().int().min(1).max(LONGEST_LINE_BYTES),
    width: z.number().int().min(1).max(LONGEST_LINE_BYTES),
    line: z.number().int().min(1).max(20).optional(),
  }),
  z.strictObject({ cell: z.number().int().min(1).max(300) }),
  z.strictObject({ group: name }),
]);

const common = {
  at: Place,
  isRequired: z.boolean().optional(),
  pad: text.optional(),
  cut: texts.optional(),
  whenCut: Effects.optional(),
  words: z.array(Word).max(100).optional(),
  otherwise: Effects.optional(),
  whenBlank: Effects.optional(),
};
const halves = { am: texts.optional(), pm: texts.optional() };
const accepts = z.enum(ACCEPTED).optional();

const Field = z.discriminatedUnion('means', [
  z.strictObject({
    ...common,
    means: z.literal('date'),
    of: moment.optional(),
    order: dateOrder.optional(),
    months: months.optional(),
  }),
  z.strictObject({ ...common, means: z.literal('time'), of: moment.optional(), ...halves }),
  z.strictObject({ ...common, means: z.literal('half'), of: moment.optional(), ...halves }),
  z.strictObject({
    ...common,
    means: z.literal('dateTime'),
    of: moment.optional(),
    form: z.enum(['printed', 'epoch', 'epoch-ms']).optional(),
    order: dateOrder.optional(),
    months: months.optional(),
    ...halves,
  }),
  z.strictObject({ ...common, means: z.enum(['talk', 'ring', 'hold', 'park']), form: z.enum(DURATION_FORMS) }),
  z.strictObject({ ...common, means: z.enum(TEXT_MEANINGS), accepts }),
  z.strictObject({ ...common, means: z.literal('cost') }),
  z.strictObject({ ...common, means: z.literal('direction') }),
  z.strictObject({ ...common, means: z.literal('extra'), name, accepts }),
  z.strictObject({ ...common, means: z.literal('ignore') }),
]);

const Recognition = z.strictObject({ at: Place, is: texts.optional(), isNot: texts.optional() });
const layout = {
  name: name.optional(),
  when: z.array(Recognition).max(20).optional(),
  matches: pattern.optional(),
  always: Effects.optional(),
  isContinuation: z.boolean().optional(),
  isTalkFromTimes: z.boolean().optional(),
  isRingInTalk: z.boolean().optional(),
  longestExtension: z.number().int().min(1).max(12).optional(),
  fields: z.array(Field).min(1).max(100),
};
const Layout = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('columns'), ...layout, isLeftoverAllowed: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal('separated'),
    ...layout,
    separator: z.string().min(1).max(10),
    isQuoted: z.boolean().optional(),
    minCells: z.number().int().min(1).max(300).optional(),
    isLeftoverAllowed: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('pattern'), ...layout, pattern }),
]);

const ruleName = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const example = z.string().min(1).max(LONGEST_LINE_BYTES);
const SkipRule = z.union([
  z.strictObject({ name: ruleName, pattern }),
  z.strictObject({ name: ruleName, like: example }),
  z.strictObject({ name: ruleName, startsWith: example }),
  z.strictObject({ name: ruleName, contains: example }),
]);

const lineColumn = z.number().int().min(1).max(LONGEST_LINE_BYTES);
const dateForm = { order: dateOrder.optional(), months: months.optional() };

const lineBytes = z.number().int().min(200).max(LONGEST_LINE_BYTES).optional();

export const MOST_SAMPLES = 200;
export const Definition = z.strictObject({
  /** Editors find the schema by it; nothing reads it. */
  $schema: z.string().max(500).optional(),
  formatVersion: z.literal(DEFINITION_VERSION),
  id: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  aliases: z.array(name).max(20).optional(),
  vendor: name,
  title: z.string().trim().min(1).max(120),
  models: z.array(name).min(1).max(50),
  transports: z.array(z.enum(TRANSPORTS)).min(1),
  confidence: z.enum(['proved', 'documented', 'unconfirmed']),
  unsure: z.strictObject({ en: z.string().max(1000), vi: z.string().max(1000) }).optional(),
  confusableWith: z.array(name).max(20).optional(),
  record: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('line'), maxBytes: lineBytes }),
      z.strictObject({
        kind: z.literal('lines'),
        count: z.number().int().min(2).max(20),
        first: pattern,
        maxBytes: lineBytes,
      }),
    ])
    .optional(),
  strip: z.string().max(20).optional(),
  skip: z.array(SkipRule).max(100).optional(),
  dateLines: z
    .array(
      z.union([
        z.strictObject({ pattern, ...dateForm }),
        z.strictObject({ like: example, start: lineColumn, width: lineColumn, ...dateForm }),
      ]),
    )
    .max(20)
    .optional(),
  layouts: z.array(Layout).min(1).max(20),
  defaults: z.strictObject({
    dateOrder: dateOrder.optional(),
    clock: z.enum(['12h', '24h']).optional(),
    timeIs: z.enum(['start', 'answer', 'end']).optional(),
    encoding: name.optional(),
    timeZone: name.optional(),
  }),
  codeFields: z.array(z.enum(['account', 'authorization', 'verification', 'dialled'])).max(4),
  samples: z
    .array(
      z.strictObject({
        text: z.string().max(20 * LONGEST_LINE_BYTES),
        outcome: z.enum(['call', 'part', 'noise', 'malformed', 'incomplete']),
        reason: text.optional(),
        record: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .max(MOST_SAMPLES)
    .optional(),
});
Definition satisfies z.ZodType<DefinitionFile>;
export type Definition = z.infer<typeof Definition>;

/** The published JSON Schema of definition files. */
export function definitionJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(Definition, { io: 'input', reused: 'ref' });
  return { $schema, title: 'Tollbook format definition', ...schema };
}
