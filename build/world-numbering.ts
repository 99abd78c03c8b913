/**
 * Makes core/numbering/plan/world.json: calling codes, countries and kinds of numbers as prefix tables.
 *
 *   node build/world-numbering.ts FOLDER_OF_libphonenumber-js [VERSION_DAY]
 *
 * The ranges are those of libphonenumber (Apache-2.0), taken from the package libphonenumber-js (`metadata.max.json`),
 * turned from patterns into prefixes; the names are those of country-names.json beside this file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Pattern, patternOf, step } from './digit-pattern.ts';

type Kind =
  | 'fixed'
  | 'mobile'
  | 'fixed-or-mobile'
  | 'freephone'
  | 'premium'
  | 'shared-cost'
  | 'personal'
  | 'voicemail'
  | 'universal'
  | 'pager'
  | 'internet'
  | 'satellite'
  | 'network';

/** The order of the package's list of kinds. */
const KINDS: readonly Kind[] = [
  'fixed',
  'mobile',
  'freephone',
  'premium',
  'personal',
  'voicemail',
  'universal',
  'pager',
  'internet',
  'shared-cost',
];
/** Codes of no country whose numbers are of one kind, whatever the package's nearest word is. */
const GLOBAL_KIND: Readonly<Record<string, Kind>> = {
  '800': 'freephone',
  '808': 'shared-cost',
  '870': 'satellite',
  '878': 'personal',
  '881': 'satellite',
  '882': 'network',
  '883': 'network',
  '888': 'network',
  '979': 'premium',
};
/** Networks of satellites inside +882: EMSAT and Thuraya. */
const SATELLITES_OF_882 = '13 16';
/** Several prefixes longer than this would split hairs: the commonest kind stands for them. */
const DEEPEST = 6;
/** What a caller there reaches at home prices although it has a country code of its own. */
const DOMESTIC: Readonly<Record<string, string>> = { US: 'AS GU MP PR VI' };

type Region = readonly unknown[];
interface Metadata {
  readonly country_calling_codes: Readonly<Record<string, readonly string[]>>;
  readonly countries: Readonly<Record<string, Region>>;
  readonly nonGeographic: Readonly<Record<string, Region>>;
}

interface RangeClass {
  readonly label: string;
  readonly pattern: Pattern;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Classes of one region, its own before those it shares; `leading` digits bind all of them. */
function classesOf(region: string, data: Region): RangeClass[] {
  const types: readonly unknown[] = Array.isArray(data[11]) ? data[11] : [];
  const patterns = KINDS.map((_, at) => {
    const type: unknown = types[at];
    return Array.isArray(type) ? text(type[0]) : '';
  });
  // Where mobile and fixed numbers are the same ones, the package leaves the mobile pattern empty.
  const isMixed = (patterns[0] ?? '') !== '' && (patterns[1] === '' || patterns[1] === patterns[0]);
  const hasMobile = Array.isArray(types[1]);
  return KINDS.flatMap((kind, at) => {
    const pattern = patterns[at] ?? '';
    if (pattern === '' || (isMixed && at === 1)) return [];
    const name = at === 0 && isMixed && hasMobile ? 'fixed-or-mobile' : kind;
    return [{ label: `${region}:${name}`, pattern: patternOf(pattern) }];
  });
}

interface Node {
  readonly label: string | undefined;
  readonly children: ReadonlyMap<string, Node>;
}

interface Alive {
  readonly label: string;
  readonly pattern: Pattern;
}

const labelsOf = (alive: readonly Alive[]): string[] => [...new Set(alive.map(({ label }) => label))];

const PLACED: ReadonlySet<string> = new Set(['fixed', 'mobile', 'fixed-or-mobile']);

/** The kind of numbers that many regions have in common (800 in all of North America); else undefined. */
function commonKind(labels: readonly string[]): string | undefined {
  const [kind, ...others] = new Set(labels.map((label) => label.split(':')[1] ?? ''));
  return kind === undefined || others.length > 0 || labels.length < 4 || PLACED.has(kind) ? undefined : kind;
}

/** Of several regions with one kind, the whole code (`+1`) or the main region speaks. */
function decide(labels: readonly string[], main: string, code: string): string {
  const kind = commonKind(labels);
  if (kind !== undefined) return `${code === '1' ? '+1' : main}:${kind}`;
  return labels.find((label) => label.startsWith(`${main}:`)) ?? labels[0] ?? '';
}

function grow(alive: readonly Alive[], depth: number, main: string, code: string): Node {
  const labels = labelsOf(alive);
  if (depth > 0 && (labels.length <= 1 || depth >= DEEPEST || commonKind(labels) !== undefined)) {
    return { label: decide(labels, main, code), children: new Map() };
  }
  const children = new Map<string, Node>();
  for (const digit of '0123456789') {
    const next = alive.flatMap(({ label, pattern }) => {
      const rest = step(pattern, digit);
      return rest === undefined ? [] : [{ label, pattern: rest }];
    });
    if (next.length > 0) children.set(digit, grow(next, depth + 1, main, code));
  }
  return { label: undefined, children };
}

/** The label most of a node's leaves have: it stands at the node, and only the others are written out. */
function commonest(node: Node, weight = 1): Map<string, number> {
  const counts = new Map<string, number>();
  if (node.children.size === 0 && node.label !== undefined) counts.set(node.label, weight);
  for (const child of node.children.values()) {
    for (const [label, count] of commonest(child, weight / 10)) counts.set(label, (counts.get(label) ?? 0) + count);
  }
  return counts;
}

function write(node: Node, prefix: string, inherited: string | undefined, into: Map<string, string[]>): void {
  const best = [...commonest(node)].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
  const label = prefix === '' ? undefined : (best ?? inherited);
  if (label !== undefined && label !== inherited) into.set(label, [...(into.get(label) ?? []), prefix]);
  for (const [digit, child] of node.children) write(child, prefix + digit, label ?? inherited, into);
}

const dialPrefix = (pattern: string): string[] => (/^\d+$/.test(pattern) ? [pattern] : []);

/** Prefixes for calls abroad; where the package gives a pattern of carriers, the plain one it prefers. */
function internationalPrefixes(data: Region): string[] {
  const preferred = text(data[12]).replace(/\D/g, '');
  return [...new Set([...dialPrefix(preferred), ...dialPrefix(text(data[1]))])];
}

const numbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];

function rangesOf(classes: readonly RangeClass[], main: string, code: string): Record<string, string> {
  const found = new Map<string, string[]>();
  write(grow(classes, 0, main, code), '', undefined, found);
  return Object.fromEntries([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, v.join(' ')]));
}

const [folder, day = new Date().toISOString().slice(0, 10)] = process.argv.slice(2);
if (folder === undefined) throw new Error('give the folder of libphonenumber-js');
const metadata = JSON.parse(readFileSync(path.join(folder, 'metadata.max.json'), 'utf8')) as Metadata;
const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
const names: unknown = JSON.parse(readFileSync(path.join(import.meta.dirname, 'country-names.json'), 'utf8'));

const codes = Object.entries(metadata.country_calling_codes).flatMap(([code, regions]) => {
  const [main = ''] = regions;
  const data = metadata.countries[main];
  if (data === undefined) return [];
  // Small regions first: where a pattern of theirs overlaps that of the main one, theirs is the narrower.
  const classes = regions.toReversed().flatMap((region) => classesOf(region, metadata.countries[region] ?? []));
  const lengths = regions.flatMap((region) => numbers(metadata.countries[region]?.[3]));
  return [
    {
      code,
      region: main,
      trunkPrefix: text(data[5]) || (data[5] === 0 || data[5] === undefined ? trunkOf(code) : ''),
      internationalPrefixes: internationalPrefixes(data),
      shortest: Math.min(...lengths),
      longest: Math.max(...lengths),
      ranges: rangesOf(classes, main, code),
    },
  ];
});

/** The package writes 0 for «the usual 0» and nothing for «none»; both look alike in its lists. */
function trunkOf(code: string): string {
  const regions = metadata.country_calling_codes[code] ?? [];
  const formats = regions.flatMap((region) => metadata.countries[region]?.[4] ?? []);
  return JSON.stringify(formats).includes('"0$1') || JSON.stringify(formats).includes('"(0$1') ? '0' : '';
}

const globals = Object.entries(metadata.nonGeographic).map(([code, data]) => {
  const kind = GLOBAL_KIND[code] ?? 'network';
  const lengths = numbers(data[3]);
  const ranges: Record<string, string> = { [`+${code}:${kind}`]: '' };
  if (code === '882') ranges['+882:satellite'] = SATELLITES_OF_882;
  return {
    code,
    region: `+${code}`,
    trunkPrefix: '',
    internationalPrefixes: [],
    shortest: Math.min(...(lengths.length > 0 ? lengths : [7])),
    longest: Math.max(...(lengths.length > 0 ? lengths : [12])),
    ranges,
  };
});

const plan = {
  plan: 'world',
  layout: 1,
  version: day,
  sources: [`libphonenumber ranges by way of libphonenumber-js ${version}, Apache-2.0, compiled into prefixes`],
  names,
  domestic: DOMESTIC,
  codes: [...codes, ...globals].toSorted((a, b) => (a.code < b.code ? -1 : 1)),
};
writeFileSync(
  path.join(import.meta.dirname, '..', 'core', 'numbering', 'plan', 'world.json'),
  `${JSON.stringify(plan, null, 2)}\n`,
);
