/** Alerts, the thresholds of their rules, and where they are sent. */
import { z } from 'zod';
import { ALERT_KINDS, SEVERITIES } from '../../model/alert.ts';
import { amountFromDecimal } from '../../model/money.ts';
import { Call } from './calls.ts';
import { actor, clockTime, emailAddress, flag, language, newSecret, prose } from './common.ts';

const states = ['open', 'acknowledged', 'snoozed', 'resolved'] as const;
const actions = ['acknowledge', 'snooze', 'resolve', 'reopen', 'assign', 'note'] as const;
export const CHANNEL_NAMES = ['desktop', 'email', 'webhook'] as const;

export const Alert = z.object({
  id: z.number().int(),
  kind: z.enum(ALERT_KINDS),
  severity: z.enum(SEVERITIES),
  state: z.enum(states),
  /** Found in calls that were old when they came: nobody was told. */
  isHistory: z.boolean(),
  /** In the caller's language. */
  title: prose,
  /** With the figures that made it. */
  text: prose,
  count: z.number().int(),
  firstLocal: z.string(),
  lastLocal: z.string(),
  createdAtMs: z.number().int(),
  changedAtMs: z.number().int(),
  snoozedUntilMs: z.number().int().nullable(),
  assignedTo: z.string().nullable(),
});
export type Alert = z.infer<typeof Alert>;

export const AlertQuery = z.object({
  /** `waiting`: open, or snoozed and due again. */
  show: z.enum(['waiting', 'all', ...states]).default('waiting'),
  kind: z.enum(ALERT_KINDS).optional(),
  severity: z.enum(SEVERITIES).optional(),
  isHistory: flag.optional(),
  assignedTo: z.string().max(100).optional(),
  /** Ids below. */
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const AlertList = z.object({ alerts: z.array(Alert), total: z.number().int(), hasMore: z.boolean() });

export const AlertDetail = z.object({
  alert: Alert,
  /** Calls that show it, newest last; no more than fifty. */
  calls: z.array(Call),
  notes: z.array(
    z.object({
      id: z.number().int(),
      atMs: z.number().int(),
      by: z.string(),
      action: z.enum(actions),
      note: prose,
    }),
  ),
  deliveries: z.array(
    z.object({
      id: z.number().int(),
      channel: z.enum(CHANNEL_NAMES),
      state: z.enum(['waiting', 'sent', 'failed']),
      tries: z.number().int(),
      atMs: z.number().int(),
      /** Why the last try failed, in words; what the other side said where it was sent. */
      result: prose,
    }),
  ),
});
export type AlertDetail = z.infer<typeof AlertDetail>;

export const AlertSummary = z.object({
  /** Open alerts about calls that came as they were made. */
  open: z.number().int(),
  critical: z.number().int(),
  /** The newest open ones, newest first. */
  newest: z.array(Alert),
});
export type AlertSummary = z.infer<typeof AlertSummary>;

export const AlertActionInput = z.object({
  action: z.enum(actions),
  by: actor,
  note: z.string().trim().max(1000).default(''),
  /** For `snooze`. */
  hours: z
    .number()
    .int()
    .min(1)
    .max(24 * 31)
    .optional(),
  /** For `assign`; null: to nobody. */
  assignedTo: z.string().trim().max(100).nullable().optional(),
});

const base = { isOn: z.boolean(), severity: z.enum(SEVERITIES) };
const calls = z.number().int().min(1).max(100_000);
const minutes = z.number().int().min(1).max(100_000);
const hours = z.number().min(0.1).max(48);

export const AlertRules = z.object({
  'night-international': z.object({
    ...base,
    calls,
    minutes,
    siteCalls: calls,
    overtimeBefore: z.number().min(0).max(12),
    overtimeAfter: z.number().min(0).max(12),
  }),
  premium: z.object({ ...base, calls, minutes }),
  'long-call': z.object({ ...base, hours, internationalHours: hours, premiumHours: hours }),
  'short-calls': z.object({
    ...base,
    seconds: z.number().int().min(0).max(600),
    toOneNumber: calls,
    fromOneExtension: calls,
  }),
  'new-country': z.object({ ...base, calls, minutes, learningDays: z.number().int().min(0).max(366) }),
  volume: z.object({
    ...base,
    weeks: z.number().int().min(4).max(26),
    spreads: z.number().min(1).max(50),
    times: z.number().min(1).max(50),
    minutes,
  }),
  transfers: z.object({ ...base, dayCalls: calls, nightCalls: calls, internationalCalls: calls }),
  'costly-call': z.object({
    ...base,
    amount: z
      .string()
      .max(20)
      .refine((text) => (amountFromDecimal(text) ?? -1n) > 0n, { error: 'amount' }),
    currency: z.string().regex(/^[A-Z]{3}$/, { error: 'currency' }),
  }),
  budget: z.object({ ...base, warnsOfForecast: z.boolean() }),
});
export type AlertRules = z.infer<typeof AlertRules>;

const channel = { isOn: z.boolean(), least: z.enum(SEVERITIES) };

const common = {
  language,
  masksNumbers: z.boolean(),
  quiet: z.object({ isOn: z.boolean(), from: clockTime, to: clockTime, letsCriticalThrough: z.boolean() }),
  desktop: z.object(channel),
};
/** Sent through the mail server of the site. */
const emailFields = { ...channel, to: z.array(emailAddress).max(20) };
const webhookFields = { ...channel, url: z.string().trim().max(2000), allowsMetadataAddresses: z.boolean() };

export const AlertDeliveryInput = z.object({
  ...common,
  email: z.object(emailFields),
  webhook: z.object({ ...webhookFields, secret: newSecret }),
});
export type AlertDeliveryInput = z.input<typeof AlertDeliveryInput>;

export const AlertDelivery = z.object({
  ...common,
  email: z.object(emailFields),
  webhook: z.object({ ...webhookFields, hasSecret: z.boolean() }),
});
export type AlertDelivery = z.infer<typeof AlertDelivery>;

export const DeliveryTest = z.object({
  channel: z.enum(CHANNEL_NAMES),
  /** As the form has them; nothing of it is stored. */
  settings: AlertDeliveryInput,
});

export const DeliveryTestResult = z.object({
  isSent: z.boolean(),
  /** In words. */
  text: z.string(),
});
