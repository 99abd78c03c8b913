/**
 * The layouts of other programs' price lists: headings, what each column means in our model, and the rules that the
 * program applies to them. `docs/decks.md` lists them.
 */
import type { DeckField } from './deck-fields.ts';
import type { DeckAnswers } from './deck-layout.ts';
import { headingWords } from './headings.ts';
import { OWN_COLUMNS } from './own-columns.ts';

export interface DeckPreset {
  readonly id: string;
  /** Name of the program; the same in every language. */
  readonly title: string;
  /** Heading words -> meaning; null: known, and without a bearing on the price. */
  readonly headings: Readonly<Record<string, DeckField | null>>;
  /** Headings that must be there; of a list, one. */
  readonly needs: readonly (string | readonly string[])[];
  /** What the layout itself decides. */
  readonly answers: DeckAnswers;
  /** Meanings in order, for files without headings that begin so. */
  readonly withoutHeadings?: readonly (DeckField | null)[];
  /** Prefixes are patterns of a dial plan. */
  readonly arePatterns?: true;
  /** The first row that fits counts in that program, not the longest prefix. */
  readonly firstRowCounts?: true;
}

const MINUTE: DeckAnswers = { 'price-unit': '60', 'block-style': 'initial-then-increments' };

const A2BILLING: DeckPreset = {
  id: 'a2billing',
  title: 'A2Billing',
  headings: {
    dialprefix: 'prefix',
    destination: 'name',
    rateinitial: 'rate',
    initblock: 'initialSeconds',
    billingblock: 'incrementSeconds',
    connectcharge: 'connectionCharge',
    disconnectcharge: 'disconnectionCharge',
    'disconnectcharge after': 'unheld',
    'minimal cost': 'minimumCharge',
    stepchargea: 'cycleACharge',
    chargea: 'cycleARate',
    timechargea: 'cycleASeconds',
    billingblocka: 'cycleAIncrement',
    stepchargeb: 'unheld',
    chargeb: 'cycleBRate',
    timechargeb: 'cycleBSeconds',
    billingblockb: 'cycleBIncrement',
    stepchargec: 'unheld',
    chargec: 'cycleCRate',
    timechargec: 'cycleCSeconds',
    billingblockc: 'cycleCIncrement',
    startdate: 'effectiveFrom',
    stopdate: 'effectiveTo',
    starttime: 'weekMinuteFrom',
    endtime: 'weekMinuteTo',
    'additional grace': 'unheld',
    'rounding calltime': 'unheld',
    'rounding threshold': null,
    'additional block charge': 'unheld',
    'additional block charge time': null,
    tag: 'category',
    buyrate: null,
    buyrateinitblock: null,
    buyrateincrement: null,
  },
  needs: ['dialprefix', 'rateinitial'],
  answers: {
    'price-unit': '60',
    'block-style': 'whole-duration',
    'last-day': 'excluded',
    'number-form': 'international',
  },
};

const ASTPP: DeckPreset = {
  id: 'astpp',
  title: 'ASTPP',
  headings: {
    code: 'prefix',
    destination: 'name',
    'connection cost': 'connectionCharge',
    'grace time': 'freeSeconds',
    'cost min': 'rate',
    'initial increment': 'initialSeconds',
    increment: 'incrementSeconds',
  },
  needs: ['code', 'cost min'],
  answers: { ...MINUTE, 'number-form': 'international' },
};

const KAZOO: DeckPreset = {
  id: 'kazoo',
  title: 'Kazoo',
  headings: {
    prefix: 'prefix',
    'rate cost': 'rate',
    'rate increment': 'incrementSeconds',
    'rate minimum': 'initialSeconds',
    'rate nocharge time': 'graceSeconds',
    'rate surcharge': 'connectionCharge',
    'rate name': 'name',
    description: 'source',
    direction: 'direction',
    'iso country code': null,
    'rate version': null,
    weight: null,
    'ratedeck id': null,
    'account id': 'unheld',
    'caller id numbers': 'unheld',
  },
  needs: ['prefix', 'rate cost'],
  answers: { ...MINUTE, 'number-form': 'international' },
};

const IVOZ: DeckPreset = {
  id: 'ivozprovider',
  title: 'IvozProvider',
  headings: {
    'destination name': 'name',
    name: 'name',
    prefix: 'prefix',
    'per minute rate': 'rate',
    'rate per minute': 'rate',
    'connection charge': 'connectionCharge',
    'connection fee': 'connectionCharge',
    'charge period': 'incrementSeconds',
    'interval start': 'freeSeconds',
  },
  needs: ['prefix', ['per minute rate', 'rate per minute'], 'charge period'],
  answers: { ...MINUTE, 'number-form': 'international' },
  withoutHeadings: ['name', 'prefix', 'rate', 'connectionCharge', 'incrementSeconds'],
};

const YEASTAR_ANSWERS: DeckAnswers = {
  'price-unit': 'increment',
  'block-style': 'initial-then-increments',
  'number-form': 'dialled',
};

const YEASTAR_P: DeckPreset = {
  id: 'yeastar-p',
  title: 'Yeastar P-Series',
  headings: {
    name: 'name',
    'match prefix': 'prefix',
    'number length': 'numberLength',
    rate: 'rate',
    'billable unit': 'incrementSeconds',
    'initial time': 'initialTime',
    'initial cost': 'initialCost',
  },
  needs: ['match prefix', 'rate', 'billable unit'],
  answers: YEASTAR_ANSWERS,
  firstRowCounts: true,
};

const YEASTAR_S: DeckPreset = {
  id: 'yeastar-s',
  title: 'Yeastar S-Series',
  headings: {
    name: 'name',
    'match pattern': 'prefix',
    'number length': 'numberLength',
    from: 'timeFrom',
    to: 'timeTo',
    'days of week': 'days',
    rate: 'rate',
    'billable unit': 'incrementSeconds',
    'initial cost': 'initialCost',
    'initial time': 'initialTime',
    members: 'unheld',
  },
  needs: ['match pattern', 'rate', 'billable unit'],
  answers: YEASTAR_ANSWERS,
  arePatterns: true,
  firstRowCounts: true,
};

const JERASOFT: DeckPreset = {
  id: 'jerasoft',
  title: 'JeraSoft',
  headings: {
    'rate table': null,
    'src code': 'originPrefix',
    code: 'prefix',
    'code name': 'name',
    policy: null,
    rate: 'rate',
    'effective date': 'effectiveFrom',
    'end date': 'effectiveTo',
    tag: 'category',
    notes: 'source',
    sf: 'connectionCharge',
    'setup fee': 'connectionCharge',
    min: 'initialSeconds',
    int: 'incrementSeconds',
    'time profile': 'period',
  },
  needs: ['code', 'rate', 'min', 'int'],
  answers: { ...MINUTE, 'number-form': 'international' },
};

const LABS_46: DeckPreset = {
  id: '46labs',
  title: '46 Labs',
  headings: {
    code: 'prefix',
    duration: 'initialSeconds',
    increment: 'incrementSeconds',
    'rate minute': 'rate',
    mrc: null,
    'effective date': 'effectiveFrom',
  },
  needs: ['code', 'duration', 'increment', ['rate minute', 'interrate']],
  answers: { ...MINUTE, 'number-form': 'international' },
};

const FREESIDE: DeckPreset = {
  id: 'freeside',
  title: 'Freeside',
  headings: {
    destination: 'name',
    'country code prefixes': 'prefix',
    'country code and prefixes': 'prefix',
    prefixes: 'prefix',
    rate: 'rate',
  },
  needs: ['destination', ['country code prefixes', 'country code and prefixes', 'prefixes'], 'rate'],
  answers: { ...MINUTE, 'number-form': 'international' },
  withoutHeadings: ['name', 'prefix', 'rate'],
};

const MIRTA: DeckPreset = {
  id: 'mirta',
  title: 'MiRTA PBX',
  headings: {
    country: 'name',
    network: 'network',
    prefix: 'prefix',
    setup: 'connectionCharge',
    'cost minute': 'rate',
    'minimum cost': 'minimumCharge',
    'rounding digits': 'callDecimals',
    'rounding time': 'incrementSeconds',
  },
  needs: ['prefix', 'cost minute', 'rounding time'],
  answers: { ...MINUTE, 'number-form': 'international' },
};

const OWN: DeckPreset = {
  id: 'tollbook',
  title: 'Tollbook',
  headings: Object.fromEntries(OWN_COLUMNS.map(({ heading, field }) => [headingWords(heading), field])),
  // A carrier's list may have the first two; what a row without blocks means is known of our own lists alone.
  needs: ['prefix', ['rate per minute', 'steps'], ['destination en', 'increment seconds', 'initial seconds', 'steps']],
  answers: { 'price-unit': '60', 'last-day': 'excluded', 'number-form': 'international', blocks: '1/1' },
};

/** Its columns lie in several tables, which `cgrates.ts` joins. */
export const CGRATES_ID = 'cgrates';

export const PRESETS: readonly DeckPreset[] = [
  OWN,
  A2BILLING,
  ASTPP,
  KAZOO,
  IVOZ,
  YEASTAR_P,
  YEASTAR_S,
  JERASOFT,
  LABS_46,
  FREESIDE,
  MIRTA,
];

export function presetOf(id: string | null): DeckPreset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}

/** The layout whose headings these are: of several that fit, the one that knows most of them. */
export function presetOfHeadings(headings: readonly string[]): DeckPreset | undefined {
  const words = new Set(headings.map(headingWords));
  const fits = ({ needs }: DeckPreset): boolean =>
    needs.every((need) => (typeof need === 'string' ? words.has(need) : need.some((one) => words.has(one))));
  const known = ({ headings: names }: DeckPreset): number =>
    [...words].filter((name) => Object.hasOwn(names, name)).length;
  let best: DeckPreset | undefined;
  for (const preset of PRESETS.filter(fits)) if (best === undefined || known(preset) > known(best)) best = preset;
  return best;
}

/** Field of each column; a meaning that an earlier column has is not given again. */
export function columnsOf(preset: DeckPreset, headings: readonly string[]): readonly (DeckField | null)[] {
  const taken = new Set<DeckField>();
  return headings.map((heading) => {
    const words = headingWords(heading);
    const field = Object.hasOwn(preset.headings, words) ? (preset.headings[words] ?? null) : null;
    if (field === null || (taken.has(field) && field !== 'unheld')) return null;
    taken.add(field);
    return field;
  });
}
