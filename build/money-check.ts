/**
 * `npm run check`: no `number` holds money. Amounts are `AmountMicro`, exact prices are fractions of bigints, prices from
 * outside are decimal texts. What is named as money and typed as a number, or made into one, is refused.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

const root = path.dirname(import.meta.dirname);

const MONEY: ReadonlySet<string> = new Set([
  'charge',
  'charges',
  'price',
  'prices',
  'amount',
  'amounts',
  'cost',
  'costs',
  'micro',
]);

/** Named like money and none of it: file and name. */
const NO_MONEY: ReadonlySet<string> = new Set([
  // Calls whose price stays the same.
  'core/store/rerate-difference.ts samePrice',
  'core/store/rerate-difference.ts same_price',
  // How many it added.
  'core/store/restatements.ts addPrices',
]);

/** Whole đồng of an imagined telephone company, kept apart from our own arithmetic so that both can be compared. */
const APART = 'core/simulator/';

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The last word of a name says what it is: `priceSeconds` are seconds, `secondsPrice` is a price. */
function isMoney(name: string): boolean {
  const words = name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return MONEY.has(words.at(-1)?.toLowerCase() ?? '');
}

function nameOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (typeof value['value'] === 'string') return value['value'];
  return nameOf(value['id'] ?? value['property']);
}

/** `number`, also in a list or beside `undefined` and `null`. */
function isNumber(type: unknown): boolean {
  if (!isNode(type)) return false;
  switch (type['type']) {
    case 'TsTypeAnnotation':
    case 'TsTypeOperator':
    case 'TsParenthesizedType':
      return isNumber(type['typeAnnotation']);
    case 'TsKeywordType':
      return type['kind'] === 'number';
    case 'TsUnionType':
      return Array.isArray(type['types']) && type['types'].some(isNumber);
    case 'TsArrayType':
      return isNumber(type['elemType']);
    default:
      return false;
  }
}

/** Names with a type, and functions with the type of what they return. */
function typedName(node: Node): string | undefined {
  const type =
    node['typeAnnotation'] ?? node['returnType'] ?? (isNode(node['function']) && node['function']['returnType']);
  if (!isNumber(type)) return undefined;
  return node['type'] === 'Identifier' ? nameOf(node) : nameOf(node['key'] ?? node['identifier']);
}

/** The money that `Number(...)` or `parseFloat(...)` makes a number of. */
function numberedName(node: Node): string | undefined {
  if (node['type'] !== 'CallExpression' || !Array.isArray(node['arguments'])) return undefined;
  const callee = nameOf(node['callee']);
  if (callee !== 'Number' && callee !== 'parseFloat') return undefined;
  const [argument] = node['arguments'];
  return isNode(argument) ? nameOf(argument['expression']) : undefined;
}

function namesIn(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) namesIn(item, found);
  if (!isNode(value)) return;
  for (const name of [typedName(value), numberedName(value)]) if (name !== undefined && isMoney(name)) found.add(name);
  for (const child of Object.values(value)) namesIn(child, found);
}

const files = globSync('{core,parsers,service,electron,renderer}/**/*.{ts,tsx}', { cwd: root });
const wrong: string[] = [];
for (const file of files.sort()) {
  if (file.startsWith(APART)) continue;
  const source = readFileSync(path.join(root, file), 'utf8');
  const found = new Set<string>();
  namesIn(parseSync(source, { syntax: 'typescript', tsx: file.endsWith('.tsx') }), found);
  for (const name of found) if (!NO_MONEY.has(`${file} ${name}`)) wrong.push(`${file}: ${name}`);
}
if (wrong.length > 0) process.stdout.write(`money in a number:\n${wrong.join('\n')}\n`);
process.exit(wrong.length === 0 ? 0 : 1);
