import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { amountMicro } from '../../core/model/money.ts';
import { chooseTariff, type TariffChoices } from '../../core/rating/choose-tariff.ts';
import { settleCost } from '../../core/rating/pbx-cost.ts';
import { parsePlan, ratePlan } from '../../core/rating/rate-plan.ts';
import { run, TempFolder } from '../e2e/rig.ts';

vi.setConfig({ testTimeout: 60_000 });

const tariff = { currency: 'VND', taxPercent: '10', rates: [{ prefix: '84', ratePerMinute: '600' }] };
const call = { start: '2026-11-20T09:00:00', durationSeconds: 60, number: '84981234567' };

function problemsOf(json: unknown): string[] {
  const parsed = parsePlan(json);
  return 'problems' in parsed ? parsed.problems.map(({ path, code }) => `${path} ${code}`) : [];
}

function chargesOf(plan: Record<string, unknown>, calls: readonly unknown[]) {
  const parsed = parsePlan({ tariffs: { sip: tariff }, default: 'sip', ...plan });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return ratePlan(parsed.plan, calls);
}

describe('which tariff a call takes', () => {
  const choices: TariffChoices = {
    accessCodes: { '171': 'by code' },
    trunks: { '7': 'by trunk' },
    trunkGroups: [{ name: 'gsm', trunks: ['7', '8'], tariff: 'by group' }],
    sites: { hn: 'by site' },
    default: 'by default',
  };
  test.each([
    [{ accessCode: '171', trunk: '7', site: 'hn' }, 'by code', 'access-code'],
    [{ accessCode: '178', trunk: '7', site: 'hn' }, 'by trunk', 'trunk'],
    [{ trunk: '8', site: 'hn' }, 'by group', 'trunk-group'],
    [{ trunk: '9', site: 'hn' }, 'by site', 'site'],
    [{ trunk: 'constructor' }, 'by default', 'default'],
  ])('%j: %s', (asked, name, reason) => {
    expect(chooseTariff(choices, asked)).toMatchObject({ tariff: name, reason });
  });

  test('none without a default', () => {
    expect(chooseTariff({}, { trunk: '7' })).toBeUndefined();
  });
});

describe('a cost that the PBX printed', () => {
  const [rated, printed] = [amountMicro(700n), amountMicro(1000n)];
  test.each([
    ['rate', rated, printed, rated, false, undefined],
    ['trust', rated, printed, printed, true, undefined],
    ['trust', rated, undefined, rated, false, undefined],
    ['trust', undefined, printed, printed, true, undefined],
    ['compare', rated, printed, rated, false, -300n],
    ['compare', undefined, printed, undefined, false, undefined],
  ] as const)('%s: tariff %s, PBX %s', (use, byTariff, byPbx, amount, isFromPbx, difference) => {
    expect(settleCost(use, byTariff, byPbx)).toEqual({ amountMicro: amount, isFromPbx, differenceMicro: difference });
  });
});

describe('a plan', () => {
  test.each([
    [7, ' not-an-object'],
    [{}, 'tariffs missing'],
    [{ tariffs: {}, x: 1 }, 'x unknown-key'],
    [{ tariffs: { a: { currency: 'VND' } } }, 'tariffs.a.rates missing'],
    [{ tariffs: { a: tariff }, default: 'b' }, 'default not-a-choice'],
    [{ tariffs: { a: tariff }, trunks: { '7': 'b' } }, 'trunks.7 not-a-choice'],
    [{ tariffs: { a: tariff }, trunkGroups: [{ name: 'g', trunks: ['7'] }] }, 'trunkGroups[0].tariff missing'],
    [{ tariffs: { a: tariff }, pbxCost: 'ignore' }, 'pbxCost not-a-choice'],
  ])('%j is refused with %s', (json, problem) => {
    expect(problemsOf(json)).toContain(problem);
  });

  test('prints net, tax and the reason for the tariff, and calls that have none as not rated', () => {
    const [priced] = chargesOf({}, [call]);
    expect(priced).toMatchObject({ charge: '660', net: '600', tax: '60', tariff: 'sip', difference: null });
    expect(priced?.explanation[0]?.kind).toBe('tariff-by-default');
    const [none] = chargesOf({ default: undefined }, [call]);
    expect(none).toMatchObject({ charge: null, rated: false, tariff: null });
    expect(none?.explanation.map(({ kind }) => kind)).toEqual(['no-tariff']);
  });

  test('compares with the cost of the PBX, or trusts it', () => {
    const printed = { ...call, pbxCost: '1000.5' };
    const [compared] = chargesOf({ pbxCost: 'compare' }, [printed]);
    expect(compared).toMatchObject({ charge: '660', difference: '-340.5' });
    expect(compared?.explanation.at(-1)?.kind).toBe('pbx-difference');
    expect(chargesOf({ pbxCost: 'trust' }, [printed])[0]).toMatchObject({ charge: '1000.5', net: null, rated: true });
    const unknown = { ...printed, number: '1' };
    expect(chargesOf({ pbxCost: 'trust' }, [unknown])[0]).toMatchObject({ charge: '1000.5', rated: true });
    expect(chargesOf({}, [{ ...call, pbxCost: '1,5' }])[0]).toMatchObject({ charge: null, rated: false });
  });

  test('names the bundle that paid', () => {
    const withBundle = { ...tariff, bundles: [{ name: 'gift', moneyPerMonth: '100.7' }] };
    const [charge] = chargesOf({ tariffs: { sip: withBundle } }, [call]);
    expect(charge).toMatchObject({ charge: '560', billedSeconds: 60 });
    expect(charge?.explanation.at(-2)).toEqual({
      kind: 'bundle-money',
      values: { name: 'gift', amount: '100', currency: 'VND' },
    });
  });
});

describe('tollbook rate', () => {
  let folder: TempFolder;
  beforeAll(() => {
    folder = new TempFolder();
    writeFileSync(folder.file('tariff.json'), `\uFEFF${JSON.stringify(tariff)}`);
    writeFileSync(folder.file('plan.json'), JSON.stringify({ tariffs: { sip: tariff }, default: 'sip' }));
  });
  afterAll(() => folder.remove());
  const chargesIn = (out: string): (string | null)[] =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { charge: string | null }).charge);

  test.each(['tariff', 'plan'])('--%s names the lines that are no call and rates the others', async (form) => {
    const input = `\uFEFF${JSON.stringify(call)}\n\n7\nnope\n${JSON.stringify({ ...call, start: 'today' })}\n${JSON.stringify(call)}`;
    const { code, out, err } = await run(['rate', `--${form}`, folder.file(`${form}.json`)], { input });
    expect(chargesIn(out)).toEqual(['660', null, null, null, '660']);
    expect(err.match(/Line \d/g)?.sort()).toEqual(['Line 3', 'Line 4', 'Line 5']);
    expect(err).toContain('start');
    expect(code).toBe(3);
  });

  test('wants one of its two files', async () => {
    expect((await run(['rate'], { input: '' })).code).toBe(2);
  });
});
