/** What is wrong with codes as they stand today, whoever calls: weak, too near to each other, unused, left behind. */
import { dayNumber } from '../../attribution/dated-values.ts';
import { oneWrong, swapped } from '../../attribution/slips.ts';
import type { WeakReason } from '../../model/code-finding.ts';
import type { DatedAssignment } from '../../model/people.ts';
import { type LocalDay, type LocalSeconds, localDayOf } from '../../model/time.ts';
import type { CodeBook } from './code-book.ts';
import { type Finding, findingOf } from './finding.ts';
import type { HygieneSettings } from './settings.ts';
import { isBadlyWeak, weakReasons } from './weak-codes.ts';

const SECONDS_PER_DAY = 86_400;
const RELATED_LIMIT = 20;

export interface StandingContext {
  readonly today: LocalDay;
  /** Day of the oldest call that is stored; null: there is none. */
  readonly firstCallDay: LocalDay | null;
  /** The last call with the code while this row held. */
  lastUseOf(row: DatedAssignment): LocalSeconds | null;
}

export function standingFindings(book: CodeBook, settings: HygieneSettings, context: StandingContext): Finding[] {
  const today = dayNumber(context.today);
  const rows = book.codesOn(today);
  const here = rows.filter((row) => book.isHereOn(row.personId, today));
  return [
    ...rows.filter((row) => !book.isHereOn(row.personId, today)).map((row) => leftBehind(book, row)),
    ...here.flatMap((row) => weakFinding(book, settings, row)),
    ...nearFindings(book, here, today),
    ...here.flatMap((row) => unusedFinding(settings, context, today, row)),
  ];
}

function leftBehind(book: CodeBook, row: DatedAssignment): Finding {
  const day = book.people.get(row.personId)?.activeTo ?? '';
  return findingOf({
    kind: 'open-leaver-code',
    severity: 'warning',
    code: row.value,
    personId: row.personId,
    values: { day },
  });
}

function weakFinding(book: CodeBook, settings: HygieneSettings, row: DatedAssignment): Finding[] {
  const reasons: readonly WeakReason[] =
    row.lastValue !== null
      ? ['range']
      : weakReasons(row.value, {
          shortestDigits: settings.shortestDigits,
          employeeNumber: book.people.get(row.personId)?.employeeNumber ?? null,
          isOwnExtension: (code) => book.isExtensionOf(row.personId, code),
          isExtension: (code) => book.isExtension(code),
        });
  if (reasons.length === 0) return [];
  return [
    findingOf({
      kind: 'weak-code',
      severity: isBadlyWeak(reasons) ? 'warning' : 'note',
      code: row.value,
      personId: row.personId,
      weakReasons: reasons,
      values: { digits: row.value.length, shortest: settings.shortestDigits },
    }),
  ];
}

/** Codes of different people that one slip on the keypad turns into each other, in groups that hang together. */
function nearFindings(book: CodeBook, rows: readonly DatedAssignment[], today: number): Finding[] {
  const groups = new Groups();
  let pairs = 0;
  const owners = new Map<string, number>();
  for (const row of rows) {
    if (row.lastValue !== null) continue;
    for (const slips of [swapped(row.value), oneWrong(row.value)]) {
      for (const near of slips) {
        const owner = book.ownerOn(near, today);
        if (owner === null || owner === row.personId) continue;
        owners.set(row.value, row.personId).set(near, owner);
        groups.join(row.value, near);
        pairs += 1;
      }
    }
  }
  if (pairs === 0) return [];
  return groups.all().map((codes) =>
    findingOf({
      kind: 'near-codes',
      severity: 'note',
      related: codes.slice(0, RELATED_LIMIT).map((code) => ({ code, personId: owners.get(code) ?? null })),
      values: { codes: codes.length },
    }),
  );
}

function unusedFinding(
  settings: HygieneSettings,
  context: StandingContext,
  today: number,
  row: DatedAssignment,
): Finding[] {
  if (context.firstCallDay === null) return [];
  const lastLocalS = context.lastUseOf(row);
  if (lastLocalS !== null) {
    const lastDay = localDayOf(lastLocalS);
    const days = today - dayNumber(lastDay);
    if (days < settings.idleDays) return [];
    return [unused('idle-code', row, { day: lastDay, days, from: settings.idleDays })];
  }
  const since = row.validFrom > context.firstCallDay ? row.validFrom : context.firstCallDay;
  const days = today - dayNumber(since);
  if (days < settings.neverUsedDays) return [];
  return [unused('never-used', row, { day: since, days, from: settings.neverUsedDays })];
}

function unused(kind: 'idle-code' | 'never-used', row: DatedAssignment, values: Finding['values']): Finding {
  return findingOf({ kind, severity: 'note', code: row.value, personId: row.personId, values });
}

/** Values that were joined, directly or through others. */
class Groups {
  readonly #parents = new Map<string, string>();

  join(a: string, b: string): void {
    const [rootA, rootB] = [this.#rootOf(a), this.#rootOf(b)];
    if (rootA !== rootB) this.#parents.set(rootB, rootA);
  }

  all(): string[][] {
    const groups = new Map<string, string[]>();
    for (const value of [...this.#parents.keys()].sort()) {
      const root = this.#rootOf(value);
      const known = groups.get(root);
      if (known === undefined) groups.set(root, [value]);
      else known.push(value);
    }
    return [...groups.values()];
  }

  #rootOf(value: string): string {
    let root = value;
    for (;;) {
      const parent = this.#parents.get(root) ?? root;
      if (parent === root) break;
      root = parent;
    }
    for (let at = value; at !== root; ) {
      const next = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = next;
    }
    this.#parents.set(root, root);
    return root;
  }
}

export function dayOfLocal(localS: LocalSeconds): number {
  return Math.floor(localS / SECONDS_PER_DAY);
}
