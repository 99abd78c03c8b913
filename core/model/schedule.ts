/** What is made and sent by itself: which report or statements, when, to whom. */
import type { Role, Scope } from './access.ts';
import type { ReportFileType, ReportFilter, ReportId } from './report-request.ts';

export type Rhythm = {
  /** `HH:MM` of the site's clock. */
  readonly at: string;
} & (
  | { readonly every: 'day' }
  /** ISO weekday, 1 is Monday. */
  | { readonly every: 'week'; readonly weekday: number }
  /** In a month without that day its last one. */
  | { readonly every: 'month'; readonly on: 'day'; readonly day: number }
  | { readonly every: 'month'; readonly on: 'last-working-day' }
);

/** As seen from the day a report is due. */
export const PERIODS = [
  'yesterday',
  'last-7-days',
  'last-week',
  'this-month',
  'last-month',
  'last-quarter',
  'last-year',
] as const;
export type Period = (typeof PERIODS)[number];

export type Recipient =
  | { readonly kind: 'user'; readonly userId: number }
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'person'; readonly personId: number }
  /** Users with the role of a manager who see this department. */
  | { readonly kind: 'manager'; readonly departmentId: number }
  | { readonly kind: 'address'; readonly address: string };

export interface ReportTask {
  readonly kind: 'report';
  readonly reportId: ReportId;
  readonly filter: Omit<ReportFilter, 'from' | 'to'>;
  readonly period: Period;
  readonly types: readonly ReportFileType[];
  readonly language: 'vi' | 'en';
  readonly recipients: readonly Recipient[];
  /** Where files are put as well, on the computer of the service; empty: nowhere. */
  readonly folder: string;
}

/** One statement for each person with calls, to their own e-mail address. */
export interface StatementTask {
  readonly kind: 'statements';
  /** `YYYY-MM`; null: the month before the day it is due. */
  readonly month: string | null;
  /** Both empty: everybody. */
  readonly departmentIds: readonly number[];
  readonly personIds: readonly number[];
  /** Of those who have chosen none. */
  readonly language: 'vi' | 'en';
  /** Nothing is sent before the month is closed. */
  readonly waitsForClosing: boolean;
}

/** To those who have not answered. */
export interface ReminderTask {
  readonly kind: 'reminders';
  readonly statementIds: readonly number[];
  readonly language: 'vi' | 'en';
}

export type ScheduledTask = ReportTask | StatementTask;
export type Task = ScheduledTask | ReminderTask;

/** What the maker of a schedule may see, as it was when the schedule was saved. */
export interface MakerRights {
  readonly scope: Scope;
  readonly seesNumbers: boolean;
  readonly seesCodes: boolean;
}

export interface Maker {
  /** null: the owner of the computer. */
  readonly userId: number | null;
  readonly name: string;
  readonly rights: MakerRights;
}

/** Why a schedule stopped by itself. */
export const SCHEDULE_PROBLEMS = ['maker-gone', 'rights-changed'] as const;
export type ScheduleProblem = (typeof SCHEDULE_PROBLEMS)[number];

export const RUN_REASONS = ['due', 'missed', 'by-hand'] as const;
export type RunReason = (typeof RUN_REASONS)[number];

export const RUN_STATES = ['waiting', 'sending', 'done', 'failed', 'left-out', 'stopped'] as const;
export type RunState = (typeof RUN_STATES)[number];

export const SENDING_STATES = ['waiting', 'claimed', 'sent', 'failed', 'uncertain', 'left-out'] as const;
export type SendingState = (typeof SENDING_STATES)[number];
