/**
 * Looks at calls after they were stored: the rules of alerts, the volume of their days, and budgets. Each step is one
 * transaction of calls looked at, what the rules remember, alerts, and what is to be sent of them; killed anywhere it goes
 * on as if nothing had happened.
 */
import path from 'node:path';
import { type AlertRules, withDefaults } from '../alerts/alert-rules.ts';
import type { WatchContext } from '../alerts/case.ts';
import { type DeliverySettings, deliveryWithDefaults } from '../alerts/delivery-settings.ts';
import { learnCountry } from '../alerts/rules/new-country.ts';
import { watchCall } from '../alerts/watch-call.ts';
import { type Finding, isGraver, type WatchedCall } from '../model/alert.ts';
import { dayOf, type OfficeCalendar } from '../model/office-calendar.ts';
import { isLiveKind } from '../model/source-config.ts';
import { createZoneClock } from '../model/zone-clock.ts';
import { builtInPlan, type NumberingPlan } from '../numbering/plan.ts';
import { AlertDeliveries, CHANNELS } from '../store/alert-deliveries.ts';
import { AlertMemory } from '../store/alert-memory.ts';
import { readAlertSetting } from '../store/alert-settings.ts';
import { AlertStore } from '../store/alerts.ts';
import { type CallRow, CallStore } from '../store/calls.ts';
import { CallsToWatch, type WaitingCalls } from '../store/calls-to-watch.ts';
import { DailySums } from '../store/daily-sums.ts';
import { type Database, fromSqliteError } from '../store/database.ts';
import { HolidayStore } from '../store/holidays.ts';
import { SettingsStore } from '../store/settings.ts';
import { SourceStore } from '../store/sources.ts';
import { numberingPlanOf } from './numbering-files.ts';
import { calendarOf } from './office-calendar-of.ts';
import { judgeBudgets } from './watch-budgets.ts';
import { DAYS_KEY, HISTORY_SCOPE, LIVE_SCOPE, type WatchParts } from './watch-parts.ts';
import { judgeVolume } from './watch-volume.ts';

export interface WatchStep {
  /** There is more of this kind to look at. */
  readonly hasMore: boolean;
  /** Alerts that are new or went on. */
  readonly alerts: number;
}

const CALLS_AT_ONCE = 1000;
/** Calls that come later than this after they were made are of the past: a buffer of a weekend is not. */
const HISTORY_AFTER_S = 72 * 3600;
/** A case of the past needs no memory beyond its import. */
const FORGET_EVERY_MS = 86_400_000;

interface Loaded {
  readonly rules: AlertRules;
  readonly delivery: DeliverySettings;
  readonly calendar: OfficeCalendar;
  readonly timeZone: string;
  readonly plan: NumberingPlan;
}

export class CallWatcher {
  readonly #db: Database;
  readonly #nowMs: () => number;
  readonly #queue: CallsToWatch;
  readonly #memory: AlertMemory;
  readonly #alerts: AlertStore;
  readonly #deliveries: AlertDeliveries;
  readonly #calls: CallStore;
  readonly #sources: SourceStore;
  #forgotAtMs = 0;
  #told = 0;

  constructor({ db, nowMs }: { readonly db: Database; readonly nowMs: () => number }) {
    this.#db = db;
    this.#nowMs = nowMs;
    this.#queue = new CallsToWatch(db);
    this.#memory = new AlertMemory(db);
    this.#alerts = new AlertStore(db);
    this.#deliveries = new AlertDeliveries(db);
    this.#calls = new CallStore(db, new DailySums(db));
    this.#sources = new SourceStore(db);
  }

  /** `live`: only calls of sources that are collecting; imports can wait for a quiet moment. */
  step(kind: 'live' | 'all'): WatchStep {
    const waiting = this.#queue.next(this.#sourcesOf(kind), CALLS_AT_ONCE);
    if (waiting === undefined) return { hasMore: false, alerts: 0 };
    const alerts = this.#change((parts) => {
      this.#look(waiting, parts);
      this.#queue.done(waiting);
    });
    return { hasMore: true, alerts };
  }

  /** The volume of the days that had calls, oldest first and one at a time, then budgets. */
  check(): WatchStep {
    let hasMore = false;
    const alerts = this.#change((parts) => {
      hasMore = judgeVolume(parts);
      if (!hasMore) judgeBudgets(parts);
      if (this.#nowMs() - this.#forgotAtMs >= FORGET_EVERY_MS) {
        this.#forgotAtMs = this.#nowMs();
        this.#memory.forgetOld(this.#nowMs());
      }
    });
    return { hasMore, alerts };
  }

  #sourcesOf(kind: 'live' | 'all'): readonly number[] {
    const waiting = this.#queue.sources();
    return kind === 'all' ? waiting : waiting.filter((id) => this.#isLive(id));
  }

  #isLive(sourceId: number): boolean {
    const source = this.#sources.get(sourceId);
    return source !== undefined && isLiveKind(source.config.kind);
  }

  /** Anew for every look: settings, holidays and thresholds hold from when they are changed. */
  #load(): Loaded {
    const settings = new SettingsStore(this.#db).get();
    // Stored by the API, which checked their shapes.
    const rules = (readAlertSetting(this.#db, 'rules') ?? {}) as Parameters<typeof withDefaults>[0];
    const delivery = (readAlertSetting(this.#db, 'delivery') ?? {}) as Partial<DeliverySettings>;
    return {
      rules: withDefaults(rules),
      delivery: deliveryWithDefaults(delivery),
      calendar: calendarOf(settings, new HolidayStore(this.#db).days()),
      timeZone: settings.timeZone,
      plan: this.#db.memory ? builtInPlan() : numberingPlanOf(path.dirname(this.#db.name)).plan,
    };
  }

  #change(work: (parts: WatchParts) => void): number {
    this.#told = 0;
    try {
      this.#db
        .transaction(() => {
          const { rules, calendar, timeZone, delivery, plan } = this.#load();
          const now = Math.floor(createZoneClock(timeZone)(Math.floor(this.#nowMs() / 1000)));
          const meet: WatchParts['meet'] = (finding, isHistory, isQuiet = isHistory) =>
            this.#meet(finding, isHistory, isQuiet ? undefined : delivery);
          work({ db: this.#db, rules, calendar, plan, now, memory: this.#memory, meet });
          this.#memory.save(this.#nowMs());
        })
        .immediate();
    } catch (error) {
      this.#memory.discard();
      throw fromSqliteError(this.#db.name, error);
    }
    return this.#told;
  }

  #look({ callIds, sourceId }: WaitingCalls, parts: WatchParts): void {
    const { memory, rules, calendar, now } = parts;
    const isLive = this.#isLive(sourceId);
    const isDemo = this.#sources.get(sourceId)?.isDemo === true;
    const days = { live: new Set<number>(), history: new Set<number>() };
    for (const row of this.#calls.rows(callIds)) {
      const call = this.#watched(row, parts.plan);
      const isHistory = !isLive || now - (call.startLocalS + call.talkSeconds) > HISTORY_AFTER_S;
      const scope = isHistory ? `${HISTORY_SCOPE}:${sourceId}:` : LIVE_SCOPE;
      const context: WatchContext = { rules, calendar, state: memory, scope };
      for (const finding of watchCall(call, context)) parts.meet(finding, isHistory, isHistory || isDemo);
      // What was called in the past is known today.
      if (isHistory) learnCountry(call, memory, LIVE_SCOPE);
      days[isHistory ? 'history' : 'live'].add(dayOf(call.startLocalS));
    }
    for (const scope of ['live', 'history'] as const) addDays(memory, `${DAYS_KEY}:${scope}`, days[scope]);
  }

  #watched(row: CallRow, plan: NumberingPlan): WatchedCall {
    const isOutbound = row.direction === 'outgoing' || row.direction === 'tandem';
    const isAbroad = isOutbound && row.band === 'international' && row.number !== null;
    const { startLocalS, direction, isAnswered, talkSeconds, extension, trunk, band, chargeMicro, currency, id } = row;
    return {
      ...{ id, startLocalS, direction, isAnswered, talkSeconds, extension, trunk, band, chargeMicro, currency },
      number: row.number ?? (isOutbound ? row.dialled : row.caller),
      country: isAbroad ? (plan.world.find(row.number)?.range.region ?? null) : null,
    };
  }

  #meet(finding: Finding, isHistory: boolean, delivery: DeliverySettings | undefined): void {
    const { id, meeting } = this.#alerts.meet(finding, isHistory, this.#nowMs());
    if (meeting === 'same') return;
    this.#told += 1;
    if (delivery === undefined || meeting === 'more') return;
    for (const channel of CHANNELS) {
      const { isOn, least } = delivery[channel];
      if (isOn && !isGraver(least, finding.severity)) this.#deliveries.add(id, channel, this.#nowMs());
    }
  }
}

function addDays(memory: AlertMemory, key: string, days: ReadonlySet<number>): void {
  if (days.size === 0) return;
  const known = (memory.get(key) ?? []) as number[];
  const all = new Set([...known, ...days]);
  if (all.size > known.length)
    memory.set(
      key,
      [...all].sort((a, b) => a - b),
      true,
    );
}
