/**
 * Judges outside calls by the code rules of their day. The order, which docs/code-rules.md states for readers:
 *
 * 1. Incoming and internal calls, and days on which no rules were in force, are not judged.
 * 2. Emergency and free numbers obey, where the rules except them.
 * 3. A code was dialled: one that nobody has on that day is an unknown code, whatever it was dialled for. A known one obeys
 *    where the telephone may call so far without a code, or where the code's right reaches the band at that hour.
 * 4. No code was dialled: the call obeys where the telephone may call so far without one. Otherwise it breaks the rule:
 *    `extension-only` where the extension says whose call it was, else `no-code`.
 *
 * Unanswered calls are judged as answered ones: the attempt went out. A call whose band is unknown breaks no rule that
 * depends on the band.
 */
import type { AttributionReason, Band, CallDirection } from '../model/call.ts';
import {
  bandsOf,
  type CodePolicy,
  type CodeRule,
  type ExtensionSpan,
  type Judgement,
  type PolicyGroup,
  type PolicyRule,
  type Reach,
  type RuleValues,
} from '../model/code-policy.ts';
import { dayOf } from '../model/office-calendar.ts';
import { type LocalDay, type LocalSeconds, localSecondsOfDay } from '../model/time.ts';
import { type IsHoliday, RightTable } from './rights.ts';

export interface JudgedCall {
  readonly startLocalS: LocalSeconds;
  readonly direction: CallDirection;
  readonly sourceId: number;
  readonly extension: string | null;
  readonly code: string | null;
  readonly band: Band;
  /** What attribution made of code and extension on that day. */
  readonly reason: AttributionReason;
  readonly personId: number | undefined;
  readonly departmentId: number | undefined;
}

export interface DatedPolicy {
  readonly validFrom: LocalDay;
  readonly policy: CodePolicy;
}

export interface PolicySite {
  readonly isHoliday: IsHoliday;
  /** The department above one. */
  readonly parentOf: (departmentId: number) => number | undefined;
}

/** Undefined: the call is not judged. */
export type PolicyJudge = (call: JudgedCall) => Judgement | undefined;

interface CompiledRule {
  readonly name: string;
  readonly mode: CodeRule['mode'];
  readonly free: ReadonlySet<Band>;
  readonly values: RuleValues;
}

interface CompiledGroup extends CompiledRule {
  readonly sourceIds: ReadonlySet<number> | undefined;
  readonly single: ReadonlySet<string>;
  readonly spans: readonly { readonly first: string; readonly last: string }[];
  readonly hasExtensions: boolean;
}

/** Extensions remembered with their group; a link that prints rubbish must not fill the memory. */
const KNOWN_EXTENSIONS = 20_000;

function compileRule(name: string, { mode, withoutCode }: CodeRule): CompiledRule {
  const free = new Set(mode === 'restricted' ? bandsOf(withoutCode) : []);
  return { name, mode, free, values: { group: name, ...(free.size === 0 ? {} : reachValues(withoutCode)) } };
}

function reachValues({ upTo, also }: Reach): RuleValues {
  return { upTo: upTo ?? '', also: also.join(',') };
}

function compileGroup(group: PolicyGroup): CompiledGroup {
  const isSpan = (span: ExtensionSpan): span is ExtensionSpan & { last: string } => span.last !== null;
  return {
    ...compileRule(group.name, group),
    sourceIds: group.sourceIds.length === 0 ? undefined : new Set(group.sourceIds),
    single: new Set(group.extensions.filter(({ last }) => last === null).map(({ first }) => first)),
    spans: group.extensions.filter(isSpan),
    hasExtensions: group.extensions.length > 0,
  };
}

function fits(group: CompiledGroup, sourceId: number, extension: string | null): boolean {
  if (group.sourceIds?.has(sourceId) === false) return false;
  if (!group.hasExtensions) return true;
  if (extension === null) return false;
  if (group.single.has(extension)) return true;
  return group.spans.some(
    ({ first, last }) => extension.length === first.length && extension >= first && extension <= last,
  );
}

class CompiledPolicy {
  readonly fromDay: number;
  readonly #policy: CodePolicy;
  readonly #groups: readonly CompiledGroup[];
  readonly #others: CompiledRule;
  readonly #rights: RightTable;
  readonly #known = new Map<number, Map<string, CompiledRule>>();
  #knownCount = 0;

  constructor({ validFrom, policy }: DatedPolicy, site: PolicySite) {
    this.fromDay = dayOf(localSecondsOfDay(validFrom) ?? Number.NEGATIVE_INFINITY);
    this.#policy = policy;
    this.#groups = policy.groups.map(compileGroup);
    this.#others = compileRule('', policy.others);
    this.#rights = new RightTable(policy, site.isHoliday, site.parentOf);
  }

  judge(call: JudgedCall): Judgement {
    const { band } = call;
    const { exceptions } = this.#policy;
    if (band === 'emergency' && exceptions.emergency) return EMERGENCY;
    if (band === 'free' && exceptions.free) return FREE;
    const rule = this.#ruleFor(call.sourceId, call.extension);
    return call.code === null || call.code === ''
      ? judgeWithoutCode(call, rule)
      : this.#judgeCode(call, call.code, rule);
  }

  #judgeCode(call: JudgedCall, code: string, rule: CompiledRule): Judgement {
    const { band, startLocalS } = call;
    if (call.reason === 'unknown-code') return judgement('unknown-code', 'code-never-assigned', rule.values);
    if (call.reason === 'code-not-valid') return judgement('unknown-code', 'code-of-other-day', rule.values);
    if (rule.mode === 'none') return judgement('obeys', 'no-code-asked', rule.values);
    if (rule.free.has(band)) return judgement('obeys', 'reach-without-code', rule.values);
    const day = dayOf(startLocalS);
    const right = this.#rights.rightOn({ code, personId: call.personId, departmentId: call.departmentId }, day);
    const values = { ...rule.values, band, right: right?.name ?? '' };
    if (right === undefined) return judgement('obeys', 'no-right-set', values);
    if (band === 'unknown') return judgement('obeys', 'band-not-known', values);
    switch (right.allows(band, startLocalS)) {
      case 'allowed':
        return judgement('obeys', 'right-reaches', values);
      case 'at-other-hours':
        return judgement('outside-hours', 'right-has-hours', { ...values, ...right.hoursOf(band) });
      case 'never':
        return judgement('beyond-right', 'right-ends-before', values);
    }
  }

  #ruleFor(sourceId: number, extension: string | null): CompiledRule {
    const key = extension ?? '';
    const known = this.#known.get(sourceId)?.get(key);
    if (known !== undefined) return known;
    const found = this.#groups.find((group) => fits(group, sourceId, extension)) ?? this.#others;
    this.#remember(sourceId, key, found);
    return found;
  }

  #remember(sourceId: number, extension: string, rule: CompiledRule): void {
    if (this.#knownCount >= KNOWN_EXTENSIONS) {
      this.#known.clear();
      this.#knownCount = 0;
    }
    this.#knownCount += 1;
    const ofSource = this.#known.get(sourceId);
    if (ofSource === undefined) this.#known.set(sourceId, new Map([[extension, rule]]));
    else ofSource.set(extension, rule);
  }
}

function judgement(verdict: Judgement['verdict'], rule: PolicyRule, values: RuleValues = {}): Judgement {
  return { verdict, rule, values };
}

const EMERGENCY = judgement('obeys', 'emergency-number');
const FREE = judgement('obeys', 'free-number');

function judgeWithoutCode({ band, reason }: JudgedCall, rule: CompiledRule): Judgement {
  if (rule.mode === 'none') return judgement('obeys', 'no-code-asked', rule.values);
  const values = { ...rule.values, band };
  const breach = reason === 'extension' ? 'extension-only' : 'no-code';
  if (rule.free.size === 0) return judgement(breach, 'code-asked', values);
  if (rule.free.has(band)) return judgement('obeys', 'reach-without-code', values);
  if (band === 'unknown') return judgement('obeys', 'band-not-known', values);
  return judgement(breach, 'code-asked-beyond', values);
}

/** The newest policy that has begun on the call's day holds; of equal days the later one of the list. */
export function policyJudge(policies: readonly DatedPolicy[], site: PolicySite): PolicyJudge {
  const compiled = policies
    .map((dated) => new CompiledPolicy(dated, site))
    .map((policy, place) => ({ policy, place }))
    .sort((a, b) => b.policy.fromDay - a.policy.fromDay || b.place - a.place)
    .map(({ policy }) => policy);
  let knownDay = Number.NaN;
  let known: CompiledPolicy | undefined;
  return (call) => {
    if ((call.direction !== 'outgoing' && call.direction !== 'tandem') || call.band === 'internal') return undefined;
    const day = dayOf(call.startLocalS);
    if (day !== knownDay) {
      knownDay = day;
      known = compiled.find(({ fromDay }) => fromDay <= day);
    }
    return known?.judge(call);
  };
}
