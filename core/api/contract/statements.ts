/** Statements of a month: who was sent one, who confirmed it, what is disputed. */
import { z } from 'zod';
import { BANDS, CALL_DIRECTIONS } from '../../model/call.ts';
import { Call } from './calls.ts';
import { CallChange } from './closing.ts';
import { actor, day, language, Money, month, newSecret, prose } from './common.ts';

const answer = z.enum(['confirmed', 'disputed']);

export const StatementSettings = z.object({
  /** Empty: statements are answered on paper. */
  linkBase: z
    .string()
    .trim()
    .max(300)
    .regex(/^$|^https?:\/\/[^\s/@?#]+\/?$/, { error: 'webAddress' }),
  linkDays: z.number().int().min(1).max(366),
  remindAfterDays: z.number().int().min(0).max(90),
  mostReminders: z.number().int().min(0).max(10),
});
export type StatementSettings = z.infer<typeof StatementSettings>;

export const StatementSettingsView = z.object({
  settings: StatementSettings,
  /** Other computers reach this service: without it links work here alone. */
  isReachable: z.boolean(),
  /** Addresses by which others reach it. */
  origins: z.array(z.string()),
});
export type StatementSettingsView = z.infer<typeof StatementSettingsView>;

export const Statement = z.object({
  personId: z.number().int(),
  name: z.string(),
  employeeNumber: z.string().nullable(),
  departmentId: z.number().int().nullable(),
  departmentName: z.string().nullable(),
  email: z.string().nullable(),
  hasPassword: z.boolean(),
  language: language.nullable(),
  calls: z.number().int(),
  charges: z.array(Money),
  sentAtMs: z.number().int().nullable(),
  reminders: z.number().int(),
  answer: answer.nullable(),
  way: z.enum(['link', 'paper']).nullable(),
  answeredAtMs: z.number().int().nullable(),
  notedBy: z.string(),
  note: prose,
  openDisputes: z.number().int(),
});
export type Statement = z.infer<typeof Statement>;

export const StatementMonth = z.object({
  month,
  isClosed: z.boolean(),
  /** Months that have calls, newest first. */
  months: z.array(z.string()),
  /** Statements can be sent: the mail server is set up. */
  canMail: z.boolean(),
  /** `here`: links are sent, and lead to a service that only this computer reaches. `none`: answered on paper. */
  links: z.enum(['work', 'here', 'none']),
  people: z.array(Statement),
});
export type StatementMonth = z.infer<typeof StatementMonth>;

export const Dispute = z.object({
  id: z.number().int(),
  month,
  personId: z.number().int(),
  personName: z.string(),
  words: prose,
  /** null: it is not there any more. */
  call: Call.nullable(),
  isInClosedMonth: z.boolean(),
  outcome: z.enum(['changed', 'kept']).nullable(),
  reason: prose,
  decidedBy: z.string(),
  decidedAtMs: z.number().int().nullable(),
});
export type Dispute = z.infer<typeof Dispute>;

export const DisputeDecision = z.object({
  /** null: the call stays as it is. */
  change: CallChange.nullable(),
  reason: z.string().trim().min(1).max(500),
  by: actor,
});

export const PaperAnswer = z.object({
  month,
  personId: z.number().int(),
  answer,
  /** The day of the signature. */
  signedDay: day,
  note: z.string().trim().max(500).default(''),
  by: actor,
});

export const StatementAccess = z.object({ password: newSecret, language: language.nullable().optional() });

export const NewPasswords = z.array(
  z.object({
    personId: z.number().int(),
    name: z.string(),
    employeeNumber: z.string().nullable(),
    departmentName: z.string().nullable(),
    password: z.string(),
  }),
);
export type NewPasswords = z.infer<typeof NewPasswords>;

/** What the link of a statement shows; nothing of it but the state where it was answered or is too old. */
export const LinkedStatement = z.object({
  state: z.enum(['open', 'answered', 'expired', 'unknown']),
  company: z.string(),
  answer: answer.nullable(),
  answeredAtMs: z.number().int().nullable(),
  statement: z
    .object({
      month,
      name: z.string(),
      calls: z.array(
        z.object({
          id: z.number().int(),
          startLocal: z.string(),
          /** As the statement shows it. */
          number: z.string(),
          destination: z.string(),
          band: z.enum(BANDS).nullable(),
          direction: z.enum(CALL_DIRECTIONS),
          talkSeconds: z.number().int(),
          charge: Money.nullable(),
        }),
      ),
      privateCalls: z.number().int(),
      totals: z.array(Money),
    })
    .nullable(),
});
export type LinkedStatement = z.infer<typeof LinkedStatement>;

export const LinkAnswer = z.object({
  token: z.string().max(100),
  answer,
  disputes: z
    .array(z.object({ callId: z.number().int(), words: z.string().trim().min(1).max(500) }))
    .max(500)
    .default([]),
});
