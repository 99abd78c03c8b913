/** The audit trail: who changed what, from what to what, and whether it is whole. */
import { z } from 'zod';
import { AUDIT_ACTORS } from '../../model/audit.ts';
import { day, prose } from './common.ts';

export const AuditFilter = z.object({
  /** As it stands in the trail; `owner` and `program` where no name does. */
  who: z.string().max(200).optional(),
  what: z.string().max(100).optional(),
  from: day.optional(),
  /** Inclusive. */
  to: day.optional(),
  text: z.string().max(100).optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

export const AuditQuery = AuditFilter.extend({
  /** Ids below. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** In the reader's language. */
export const AuditEntry = z.object({
  id: z.number().int(),
  atMs: z.number().int(),
  actor: z.enum(AUDIT_ACTORS),
  who: z.string(),
  action: z.string(),
  what: z.string(),
  /** What it is known by. */
  name: prose,
  reason: prose,
  /** Null: there was or is nothing. */
  changes: z.array(z.object({ field: z.string(), before: prose.nullable(), after: prose.nullable() })),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = z.object({ entries: z.array(AuditEntry), hasMore: z.boolean() });

const choice = z.array(z.object({ value: z.string(), label: z.string() }));
export const AuditChoices = z.object({ who: choice, what: choice });

export const AuditCheck = z.object({
  isWhole: z.boolean(),
  entries: z.number().int(),
  /** What is wrong, in words; empty where nothing is. */
  text: z.string(),
  /** Of the entry where it shows. */
  faultId: z.number().int().nullable(),
  /** SHA-256 of the newest entry, which covers all before it. */
  hash: z.string(),
});
