/** Runs the rules over calls as the service does, with memory instead of a store. */

import { type AlertRules, DEFAULT_RULES } from '../../core/alerts/alert-rules.ts';
import { findUnusualVolume } from '../../core/alerts/volume.ts';
import { watchCall } from '../../core/alerts/watch-call.ts';
import type { StateValue, WatchState } from '../../core/alerts/watch-state.ts';
import type { Finding } from '../../core/model/alert.ts';
import { dayOf, type OfficeCalendar } from '../../core/model/office-calendar.ts';
import { CALENDAR, type YearCall } from './office-year.ts';

export class MemoryState implements WatchState {
  #values = new Map<string, StateValue>();
  get(key: string): StateValue | undefined {
    return this.#values.get(key);
  }
  set(key: string, value: StateValue): void {
    this.#values.set(key, value);
  }
  takeFrom(other: MemoryState): void {
    this.#values = new Map(other.#values);
  }
  /** What is left of it after it was written down and read again. */
  restart(): void {
    this.#values = new Map(JSON.parse(JSON.stringify([...this.#values])) as [string, StateValue][]);
  }
}

export interface Told {
  readonly finding: Finding;
  /** The moment at which it was first told: the end of the call that made it. */
  readonly atLocalS: number;
}

const VOLUME_DAYS = 70;

export class Watching {
  readonly told = new Map<string, Told>();
  readonly state = new MemoryState();
  readonly #rules: AlertRules;
  readonly #calendar: OfficeCalendar;
  readonly #table = new Map<string, Map<number, number>>();
  #firstDay: number | undefined;

  constructor(rules: AlertRules = DEFAULT_RULES, calendar: OfficeCalendar = CALENDAR) {
    this.#rules = rules;
    this.#calendar = calendar;
  }

  /** Another one that remembers the same and goes on by itself. */
  fork(): Watching {
    const copy = new Watching(this.#rules, this.#calendar);
    copy.#firstDay = this.#firstDay;
    for (const [key, days] of this.#table) copy.#table.set(key, new Map(days));
    for (const [key, told] of this.told) copy.told.set(key, told);
    copy.state.takeFrom(this.state);
    return copy;
  }

  /** Calls of one day in their order; the volume is looked at when it is over. */
  day(day: number, calls: readonly YearCall[]): void {
    this.#firstDay ??= day;
    for (const call of calls) this.call(call);
    const firstDay = this.#firstDay;
    const { volume: rule } = this.#rules;
    if (!rule.isOn) return;
    const question = {
      table: this.#table,
      day,
      firstDay,
      calendar: this.#calendar,
      rule,
      state: this.state,
      scope: '',
    };
    for (const { finding } of findUnusualVolume(question)) this.#tell(finding, (day + 1) * 86_400);
    for (const days of this.#table.values()) days.delete(day - VOLUME_DAYS);
  }

  call(call: YearCall): readonly Finding[] {
    const context = { rules: this.#rules, calendar: this.#calendar, state: this.state, scope: '' };
    const findings = watchCall(call, context);
    for (const finding of findings) this.#tell(finding, call.startLocalS + call.talkSeconds);
    if (call.direction === 'outgoing' || call.direction === 'tandem') {
      const person = `person:${call.personId}`;
      for (const key of [person, `${person}:${call.band}`, `band:${call.band}`]) {
        const days = this.#table.get(key) ?? new Map<number, number>();
        const day = dayOf(call.startLocalS);
        days.set(day, (days.get(day) ?? 0) + call.talkSeconds);
        this.#table.set(key, days);
      }
    }
    return findings;
  }

  #tell(finding: Finding, atLocalS: number): void {
    const known = this.told.get(finding.caseKey);
    this.told.set(finding.caseKey, { finding, atLocalS: known?.atLocalS ?? atLocalS });
  }
}
