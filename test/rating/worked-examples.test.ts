import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileTariff } from '../../core/rating/compile.ts';
import { parseStoredTariff, parseTariff } from '../../core/rating/parse-tariff.ts';
import { rateCall } from '../../core/rating/rate-call.ts';
import { rateJsonLine, readRatingCall } from '../../core/rating/rate-json.ts';
import { parsePlan, ratePlan } from '../../core/rating/rate-plan.ts';

interface Example {
  readonly call: Record<string, unknown>;
  readonly charge: string | null;
  readonly billedSeconds: number;
}

interface Section {
  readonly title: string;
  readonly tariff: unknown;
  readonly examples: readonly Example[];
}

/** Every section of docs/rating.md that holds a tariff and a table. */
function readSections(): Section[] {
  const text = readFileSync(new URL('../../docs/rating.md', import.meta.url), 'utf8');
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const json = /```json\n(.*?)```/s.exec(section)?.[1];
      if (json === undefined) return [];
      const rows = section.split('\n').filter((line) => /^\| \d{4}-/.test(line));
      const examples = rows.map((row) => {
        const [start, duration, number, call = '', charge = '', billed] = row
          .split('|')
          .slice(1)
          .map((cell) => cell.trim());
        return {
          call: { start, durationSeconds: Number(duration), number, ...(call === '' ? {} : JSON.parse(call)) },
          charge: charge === '-' ? null : charge,
          billedSeconds: Number(billed),
        };
      });
      return [{ title: section.split('\n')[0] ?? '', tariff: JSON.parse(json), examples }];
    });
}

const sections = readSections();

describe('the worked examples of docs/rating.md', () => {
  test('are all read', () => {
    expect(sections.map((section) => section.examples.length)).toEqual([14, 4, 4, 3, 11, 10, 4, 3, 11, 1, 2, 8, 12, 4]);
  });

  const ofKind = (mark: string): readonly Section[] => sections.filter(({ title }) => title.endsWith(mark));
  const stored = ofKind('(stored)');
  const plans = ofKind('(plan)');

  for (const section of sections) {
    if (plans.includes(section)) continue;
    const { title, tariff, examples } = section;
    const parsed = stored.includes(section) ? parseStoredTariff(tariff) : parseTariff(tariff);
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const compiled = compileTariff(parsed.tariff);
    test.each(examples)(`${title}: $call gives $charge`, ({ call, charge, billedSeconds }) => {
      const printed = rateJsonLine(compiled, call);
      expect(printed).toMatchObject({ charge, billedSeconds, rated: charge !== null });
      const read = readRatingCall(compiled, call);
      if ('badKey' in read) throw new Error(read.badKey);
      const quick = rateCall(compiled, read);
      const micro = charge === null ? undefined : BigInt(Math.round(Number(charge) * 1e6));
      expect(quick.amountMicro).toBe(micro);
    });
  }

  test.each(stored)('$title is refused by the interchange form', ({ tariff }) => {
    const parsed = parseTariff(tariff);
    expect('problems' in parsed ? parsed.problems.map(({ code }) => code) : []).toContain('unknown-key');
  });

  test.each(plans)('$title: all calls together', ({ tariff, examples }) => {
    const parsed = parsePlan(tariff);
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const charges = ratePlan(
      parsed.plan,
      examples.map(({ call }) => call),
    );
    expect(charges.map(({ charge, billedSeconds }) => ({ charge, billedSeconds }))).toEqual(
      examples.map(({ charge, billedSeconds }) => ({ charge, billedSeconds })),
    );
  });
});
