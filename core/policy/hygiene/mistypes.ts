/** Mistypes, counted by telephone and by the code that was meant: a bad keypad and a bad code look different. */
import type { SeenCall, Telephones } from './coded-call.ts';
import { Evidence, type Finding, findingOf } from './finding.ts';
import type { HygieneSettings } from './settings.ts';

interface Counted {
  readonly evidence: Evidence;
  /** Mistypes by what they were split by: meant codes of a telephone, telephones of a code. */
  readonly parts: Map<string | number, number>;
}

export interface MistypeCounts {
  readonly telephones: readonly { readonly telephone: number; readonly mistypes: number }[];
  readonly codes: readonly { readonly code: string; readonly personId: number; readonly mistypes: number }[];
}

export class Mistypes {
  readonly #byTelephone = new Map<number, Counted>();
  readonly #byCode = new Map<string, Counted & { readonly personId: number }>();
  total = 0;

  add(wrong: SeenCall, meant: string, personId: number): void {
    if (wrong.telephone === undefined) return;
    this.total += 1;
    let telephone = this.#byTelephone.get(wrong.telephone);
    if (telephone === undefined) {
      telephone = { evidence: new Evidence(), parts: new Map() };
      this.#byTelephone.set(wrong.telephone, telephone);
    }
    let code = this.#byCode.get(meant);
    if (code === undefined) {
      code = { personId, evidence: new Evidence(), parts: new Map() };
      this.#byCode.set(meant, code);
    }
    telephone.evidence.add(wrong);
    telephone.parts.set(meant, (telephone.parts.get(meant) ?? 0) + 1);
    code.evidence.add(wrong);
    code.parts.set(wrong.telephone, (code.parts.get(wrong.telephone) ?? 0) + 1);
  }

  counts(): MistypeCounts {
    return {
      telephones: [...this.#byTelephone].map(([telephone, { evidence }]) => ({ telephone, mistypes: evidence.calls })),
      codes: [...this.#byCode].map(([code, { personId, evidence }]) => ({ code, personId, mistypes: evidence.calls })),
    };
  }

  /** `callsOf...`: calls with a valid code from the telephone, and with the code. */
  findings(
    telephones: Telephones,
    settings: HygieneSettings,
    callsFrom: (telephone: number) => number,
    callsWith: (code: string) => number,
  ): Finding[] {
    const found: Finding[] = [];
    const bad = new Set<number>();
    const isOften = (mistypes: number, calls: number): boolean =>
      mistypes >= settings.mistypesFrom && mistypes * 100 >= settings.mistypesPercent * (calls + mistypes);
    const values = (mistypes: number, calls: number): Finding['values'] => ({
      mistypes,
      attempts: calls + mistypes,
      percent: Math.round((mistypes * 100) / (calls + mistypes)),
      seconds: settings.mistypeSeconds,
      from: settings.mistypesFrom,
      fromPercent: settings.mistypesPercent,
    });
    for (const [telephone, { evidence, parts }] of this.#byTelephone) {
      // One person's mistypes at their own desk are about the code, not about the telephone.
      if (parts.size < 2 || !isOften(evidence.calls, callsFrom(telephone))) continue;
      bad.add(telephone);
      found.push(
        findingOf({
          kind: 'mistyping-telephone',
          severity: 'note',
          isLikely: true,
          telephone: telephones.at(telephone),
          values: { ...values(evidence.calls, callsFrom(telephone)), codes: parts.size },
          evidence: evidence.view(),
        }),
      );
    }
    for (const [code, { personId, evidence, parts }] of this.#byCode) {
      let mistypes = evidence.calls;
      for (const [telephone, count] of parts)
        if (typeof telephone === 'number' && bad.has(telephone)) mistypes -= count;
      if (!isOften(mistypes, callsWith(code))) continue;
      found.push(
        findingOf({
          kind: 'mistyped-code',
          severity: 'note',
          isLikely: true,
          code,
          personId,
          values: { ...values(mistypes, callsWith(code)), telephones: parts.size },
          evidence: evidence.view(),
        }),
      );
    }
    return found;
  }
}
