/** Reading all of a source with another format: what would change, before it is changed. */
import { z } from 'zod';
import { Call } from './calls.ts';
import { Money, Problem } from './common.ts';

const Reading = z.object({
  formatId: z.string().max(100),
  formatOptions: z.record(z.string().max(50), z.string().max(2000)),
});

export const RereadInput = Reading;

const PersonChange = z.object({
  personId: z.number().int().nullable(),
  personName: z.string().nullable(),
  callsBefore: z.number().int(),
  callsAfter: z.number().int(),
  /** Null where the calls have no charge. */
  chargeBefore: Money.nullable(),
  chargeAfter: Money.nullable(),
});

const CallChange = z.object({
  kind: z.enum(['gained', 'lost', 'changed']),
  before: Call.nullable(),
  after: Call.nullable(),
});

export const RereadDifference = z.object({
  counts: z.object({
    gained: z.number().int(),
    lost: z.number().int(),
    changed: z.number().int(),
    same: z.number().int(),
    /** Would differ, and stay as they are: their month is closed. */
    inClosedMonths: z.number().int(),
    unreadBefore: z.number().int(),
    unreadAfter: z.number().int(),
  }),
  /** Everybody whose calls or charge differ. */
  people: z.array(PersonChange),
  /** The first calls of each kind. */
  examples: z.array(CallChange),
});
export type RereadDifference = z.infer<typeof RereadDifference>;

export const Reread = z.object({
  /** `none`: nothing was asked for, or it was applied or dropped. */
  state: z.enum(['none', 'reading', 'ready', 'failed']),
  /** With what it is read; null in state `none`. */
  reading: Reading.extend({ formatTitle: z.string() }).nullable(),
  /** This reading takes the last change back. */
  isUndo: z.boolean(),
  bytesDone: z.number().int(),
  bytesTotal: z.number().int(),
  problem: Problem.nullable(),
  difference: RereadDifference.nullable(),
  /** How the source was read before the last change; null: it was never changed. */
  previous: Reading.extend({ formatTitle: z.string(), changedAtMs: z.number().int() }).nullable(),
});
export type Reread = z.infer<typeof Reread>;
