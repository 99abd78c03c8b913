/** Code rules: the document, what a change of it does, where rules are broken, and what the PBX needs for them. */
import { z } from 'zod';
import {
  EXTRA_BANDS,
  HOLIDAY_RULES,
  POLICY_MODES,
  REACH_BANDS,
  type CodePolicy as StoredCodePolicy,
} from '../../model/code-policy.ts';
import { MAKER_FAMILIES, PBX_REQUESTS, PBX_SHEET_KINDS, SHEET_LIMITS } from '../../model/pbx-requests.ts';
import { Call, CallRuling, CallVerdict } from './calls.ts';
import { actor, clockTime, day, extensionText, flag, prose } from './common.ts';

const name = z.string().trim().min(1).max(100);
const rowId = z.string().min(1).max(50);
const reach = { upTo: z.enum(REACH_BANDS).nullable(), also: z.array(z.enum(EXTRA_BANDS)).max(EXTRA_BANDS.length) };
const codeRule = { mode: z.enum(POLICY_MODES), withoutCode: z.object(reach) };
const ExtensionSpan = z.object({
  first: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z*#_.-]{1,32}$/, { error: 'code' }),
  last: z
    .string()
    .trim()
    .regex(/^[0-9]{1,32}$/, { error: 'digits' })
    .nullable(),
});
/** A code comes back masked; sending the mask back keeps what is stored in the row of that id. */
const holderCode = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z*#_.•-]{1,32}$/, { error: 'code' });

export const CodePolicy = z.object({
  /** Emergency and free numbers need no code and are within every right. */
  exceptions: z.object({ emergency: z.boolean(), free: z.boolean() }),
  /** The first that fits a call's source and extension decides. */
  groups: z
    .array(
      z.object({
        name,
        /** Empty: every source. */
        sourceIds: z.array(z.number().int()).max(1000),
        /** Empty: every extension. */
        extensions: z.array(ExtensionSpan).max(1000),
        ...codeRule,
      }),
    )
    .max(200),
  /** For calls that no group fits. */
  others: z.object(codeRule),
  rights: z
    .array(
      z.object({
        id: rowId,
        name,
        hours: z
          .array(
            z.object({
              ...reach,
              weekdays: z.array(z.number().int().min(1).max(7)).max(7),
              /** Equal to `to`: the whole day. */
              from: clockTime,
              to: clockTime,
              holidays: z.enum(HOLIDAY_RULES),
            }),
          )
          .min(1)
          .max(20),
      }),
    )
    .max(100),
  assignments: z
    .array(
      z.object({
        id: rowId,
        holder: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('code'), first: holderCode, last: holderCode.nullable() }),
          z.object({ kind: z.literal('person'), personId: z.number().int() }),
          z.object({ kind: z.literal('department'), departmentId: z.number().int() }),
          z.object({ kind: z.literal('everyone') }),
        ]),
        rightId: rowId,
        validFrom: day.nullable(),
        /** Exclusive. */
        validTo: day.nullable(),
      }),
    )
    .max(5000),
});
CodePolicy satisfies z.ZodType<StoredCodePolicy>;
export type CodePolicy = z.infer<typeof CodePolicy>;

export const PolicyVersion = z.object({
  id: z.number().int(),
  validFrom: day,
  policy: CodePolicy,
  note: prose,
  createdAtMs: z.number().int(),
  createdBy: z.string(),
  removedAtMs: z.number().int().nullable(),
  removedBy: z.string().nullable(),
});
export type PolicyVersion = z.infer<typeof PolicyVersion>;

export const PolicyList = z.object({
  /** In the order in which they begin; also removed ones. */
  versions: z.array(PolicyVersion),
  /** The one that holds today. */
  presentId: z.number().int().nullable(),
  today: day,
});

const PolicyDraft = [
  z.object({
    action: z.literal('add'),
    validFrom: day,
    policy: CodePolicy,
    note: z.string().trim().max(500).default(''),
  }),
  z.object({ action: z.literal('remove'), policyId: z.number().int() }),
] as const;
export const PolicyPreview = z.discriminatedUnion('action', [...PolicyDraft]);
export type PolicyPreview = z.infer<typeof PolicyPreview>;
export const PolicyChange = z.intersection(PolicyPreview, z.object({ by: actor }));

/** Calls of open months whose verdict changes. Prices do not. */
export const PolicyEffect = z.object({
  calls: z.number().int(),
  /** Most calls first; null: not judged. */
  changes: z.array(z.object({ from: CallVerdict.nullable(), to: CallVerdict.nullable(), calls: z.number().int() })),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
});
export type PolicyEffect = z.infer<typeof PolicyEffect>;

export const Breach = z.object({
  sourceId: z.number().int(),
  sourceName: z.string(),
  extension: extensionText.nullable(),
  verdict: CallVerdict,
  /** The format of the source has no field for codes: a code may have been dialled all the same. */
  isInDoubt: z.boolean(),
  calls: z.number().int(),
  /** Of them calls that nobody answered. */
  attempts: z.number().int(),
  firstLocal: z.string(),
  lastLocal: z.string(),
  /** Of the newest of these calls; null where the rules have changed since it was judged. */
  ruling: CallRuling.nullable(),
  /** Newest first. */
  examples: z.array(Call),
  /** What the PBX has to be changed in, and whose words say it. */
  request: z.enum(PBX_REQUESTS),
  family: z.enum(MAKER_FAMILIES),
});
export type Breach = z.infer<typeof Breach>;

export const BreachReport = z.object({
  /** Most calls first. */
  breaches: z.array(Breach),
  /** Rows left out because there are so many. */
  leftOut: z.number().int(),
  sources: z.array(
    z.object({
      sourceId: z.number().int(),
      name: z.string(),
      /** Outside calls that were judged, of them those that obey and those with a code. */
      judged: z.number().int(),
      obeying: z.number().int(),
      withCode: z.number().int(),
      /** False: its format prints no codes. */
      hasCodeField: z.boolean(),
    }),
  ),
});
export type BreachReport = z.infer<typeof BreachReport>;

export const PbxSheetQuery = z.object({
  kind: z.enum(PBX_SHEET_KINDS),
  /** Its rules and its extensions; absent: those for every source. */
  sourceId: z.coerce.number().int().optional(),
  /** Codes in full; refused where the settings hide them. */
  isInFull: flag.default(false),
});

/** Headings are in the reader's language. */
const SheetTable = z.object({ headings: z.array(z.string()), rows: z.array(z.array(z.string())) });
export const PbxSheet = z.object({
  kind: z.enum(PBX_SHEET_KINDS),
  day,
  /** Files to be put into the PBX. */
  files: z.array(z.object({ name: z.string(), text: z.string(), hasCodes: z.boolean() })),
  /** What is keyed in by hand; null where files say it all. */
  codeTable: SheetTable.nullable(),
  /** The classes of service or rights that the codes refer to. */
  classTable: SheetTable.nullable(),
  /** What cannot be said to this PBX; `policy.sheet.limit.<kind>` translates it. */
  limits: z.array(z.enum(SHEET_LIMITS)),
  codes: z.number().int(),
});
export type PbxSheet = z.infer<typeof PbxSheet>;
