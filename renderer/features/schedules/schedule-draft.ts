/** A schedule as its form holds it: every choice of every kind, so that changing the kind loses nothing. */
import type { Recipient, Rhythm, Schedule, ScheduleInput } from '../../../core/api/contract.ts';
import type { ReportFileType, ReportId } from '../../../core/model/report-request.ts';
import type { Period } from '../../../core/model/schedule.ts';

export interface ScheduleDraft {
  readonly name: string;
  readonly kind: 'report' | 'statements';
  readonly reportId: ReportId;
  readonly period: Period;
  readonly types: readonly ReportFileType[];
  readonly language: 'vi' | 'en';
  readonly departmentIds: readonly number[];
  readonly personIds: readonly number[];
  readonly recipients: readonly Exclude<Recipient, { kind: 'address' }>[];
  readonly addresses: string;
  readonly folder: string;
  readonly waitsForClosing: boolean;
  readonly every: Rhythm['every'];
  readonly weekday: number;
  readonly on: 'day' | 'last-working-day';
  readonly day: number;
  readonly at: string;
}

export function newDraft(language: 'vi' | 'en'): ScheduleDraft {
  return {
    ...{ name: '', kind: 'report', reportId: 'monthly-summary', period: 'last-month', types: ['pdf'], language },
    ...{ departmentIds: [], personIds: [], recipients: [], addresses: '', folder: '', waitsForClosing: true },
    ...{ every: 'month', weekday: 1, on: 'day', day: 3, at: '07:00' },
  };
}

export function draftOf({ name, task, rhythm }: Schedule): ScheduleDraft {
  const plain = newDraft(task.language);
  const rhythmic = { every: rhythm.every, at: rhythm.at };
  const when =
    rhythm.every === 'week'
      ? { weekday: rhythm.weekday }
      : rhythm.every === 'month'
        ? rhythm.on === 'day'
          ? { on: rhythm.on, day: rhythm.day }
          : { on: rhythm.on }
        : {};
  if (task.kind === 'statements') {
    const { departmentIds, personIds, waitsForClosing } = task;
    return { ...plain, ...rhythmic, ...when, name, kind: task.kind, departmentIds, personIds, waitsForClosing };
  }
  const { reportId, period, types, folder, filter, recipients } = task;
  const known = recipients.flatMap((one) => (one.kind === 'address' ? [] : [one]));
  const addresses = recipients.flatMap((one) => (one.kind === 'address' ? [one.address] : []));
  return {
    ...{ ...plain, ...rhythmic, ...when, name, kind: task.kind, reportId, period, types, folder },
    ...{ departmentIds: filter.departmentIds, personIds: filter.personIds },
    ...{ recipients: known, addresses: addresses.join(', ') },
  };
}

type ReportTask = Extract<ScheduleInput['task'], { kind: 'report' }>;
export type KeptFilter = NonNullable<ReportTask['filter']>;

/** `kept`: what the form does not show of a report's filter. */
export function inputOf(draft: ScheduleDraft, kept: KeptFilter): ScheduleInput {
  const { name, language } = draft;
  const chosen = { departmentIds: [...draft.departmentIds], personIds: [...draft.personIds] };
  const rhythm = rhythmOf(draft);
  if (draft.kind === 'statements') {
    const { waitsForClosing } = draft;
    return { name, rhythm, task: { kind: 'statements', month: null, language, waitsForClosing, ...chosen } };
  }
  const { reportId, period, folder } = draft;
  const addresses = draft.addresses.split(/[,;\s]+/).filter((part) => part !== '');
  const recipients: Recipient[] = [
    ...draft.recipients,
    ...addresses.map((address) => ({ kind: 'address', address }) as const),
  ];
  const filter = { ...kept, ...chosen };
  return {
    ...{ name, rhythm },
    task: { kind: 'report', reportId, period, types: [...draft.types], language, recipients, folder, filter },
  };
}

function rhythmOf({ every, at, weekday, on, day }: ScheduleDraft): Rhythm {
  switch (every) {
    case 'day':
      return { every, at };
    case 'week':
      return { every, weekday, at };
    case 'month':
      return on === 'day' ? { every, on, day, at } : { every, on, at };
  }
}

/** Recipients as values of a list. */
export const recipientKey = (recipient: Exclude<Recipient, { kind: 'address' }>): string => {
  switch (recipient.kind) {
    case 'user':
      return `user:${recipient.userId}`;
    case 'role':
      return `role:${recipient.role}`;
    case 'person':
      return `person:${recipient.personId}`;
    case 'manager':
      return `manager:${recipient.departmentId}`;
  }
};
