/**
 * Rates written in the layouts of other programs. Each layout names the keys it can hold; a rate that uses another one, or a
 * price that has no exact decimal in the layout's unit, does not fit.
 */

import type { StoredRate, StoredTariff } from '../rating/tariff.ts';
import type { DeckHome } from './deck-layout.ts';
import { unmistakable } from './deck-numbers.ts';
import { type Misfit, misfitsOf, type SimplePrice, simplePrice, type UnitPrice, unitPrice } from './preset-price.ts';

export interface PresetExport {
  readonly headings: readonly string[];
  /** Words for people that the layout has no column for are left out without a misfit. */
  write(
    rate: StoredRate,
    tariff: StoredTariff,
    home: DeckHome,
  ): readonly string[] | { readonly misfits: readonly Misfit[] };
  /** The first row that fits counts in that program: longer prefixes go first. */
  readonly firstRowCounts?: true;
}

const money = (text: string | undefined): string => unmistakable(text ?? '0');
const moment = (text: string | undefined): string =>
  text === undefined ? '' : text.length === 10 ? `${text} 00:00:00` : text.replace('T', ' ').padEnd(19, ':00');

type Style = 'initial-then-increments' | 'whole-duration';

interface Simple {
  readonly headings: readonly string[];
  readonly held: readonly (keyof StoredRate)[];
  readonly style: Style;
  /** Block forms that the columns can hold; absent: any. */
  readonly holdsBlocks?: (price: SimplePrice) => boolean;
  readonly cells: (rate: StoredRate, price: SimplePrice, tariff: StoredTariff) => readonly string[];
}

/** Layouts with one price of a minute. */
function simple({ headings, held, style, holdsBlocks, cells }: Simple): PresetExport {
  return {
    headings,
    write: (rate, tariff) => {
      const misfits = misfitsOf(rate, held);
      const price = simplePrice(rate);
      if (price === undefined) misfits.push(rate.steps === undefined ? 'ratePerMinute' : 'steps');
      else {
        if (!price.isSameInBothStyles && price.isWhole !== (style === 'whole-duration')) misfits.push('block');
        if (holdsBlocks?.(price) === false) misfits.push('initialSeconds');
      }
      return misfits.length > 0 || price === undefined ? { misfits } : cells(rate, price, tariff);
    },
  };
}

const noExtraInitial = ({ initial, increment }: SimplePrice): boolean => initial === increment || initial === 0;

const A2BILLING = simple({
  headings: [
    'dialprefix',
    'destination',
    'rateinitial',
    'initblock',
    'billingblock',
    'connectcharge',
    'disconnectcharge',
    'minimal_cost',
    'startdate',
    'stopdate',
    'tag',
  ],
  held: ['connectionCharge', 'disconnectionCharge', 'minimumCharge', 'effectiveFrom', 'effectiveTo'],
  style: 'whole-duration',
  cells: (rate, { perMinute: price, initial, increment }) => [
    rate.prefix,
    rate.name ?? '',
    money(price),
    String(initial),
    String(increment),
    money(rate.connectionCharge),
    money(rate.disconnectionCharge),
    money(rate.minimumCharge),
    moment(rate.effectiveFrom),
    moment(rate.effectiveTo),
    rate.category ?? '',
  ],
});

const ASTPP = simple({
  headings: ['Code', 'Destination', 'Connection Cost', 'Grace Time', 'Cost / Min', 'Initial Increment', 'Increment'],
  held: ['connectionCharge', 'freeSeconds'],
  style: 'initial-then-increments',
  cells: (rate, { perMinute: price, initial, increment }) => [
    rate.prefix,
    rate.name ?? '',
    money(rate.connectionCharge),
    String(rate.freeSeconds ?? 0),
    money(price),
    String(initial),
    String(increment),
  ],
});

const KAZOO_DIRECTIONS: Readonly<Record<string, string>> = { outgoing: 'outbound', incoming: 'inbound' };

const kazooSimple = simple({
  headings: [
    'prefix',
    'rate_cost',
    'rate_increment',
    'rate_minimum',
    'rate_nocharge_time',
    'rate_surcharge',
    'rate_name',
    'direction',
    'description',
  ],
  held: ['connectionCharge', 'graceSeconds', 'direction'],
  style: 'initial-then-increments',
  cells: (rate, { perMinute: price, initial, increment }) => [
    rate.prefix,
    money(price),
    String(increment),
    String(initial),
    String(rate.graceSeconds ?? 0),
    money(rate.connectionCharge),
    rate.name ?? '',
    KAZOO_DIRECTIONS[rate.direction ?? ''] ?? '',
    rate.source ?? '',
  ],
});
const KAZOO: PresetExport = {
  headings: kazooSimple.headings,
  write: (rate, tariff, home) =>
    rate.direction === 'internal' || rate.direction === 'tandem'
      ? { misfits: ['direction'] }
      : kazooSimple.write(rate, tariff, home),
};

const IVOZ = simple({
  headings: ['destination name', 'prefix', 'per minute rate', 'connection charge', 'charge period'],
  held: ['connectionCharge'],
  style: 'initial-then-increments',
  holdsBlocks: noExtraInitial,
  cells: (rate, { perMinute: price, increment }) => [
    rate.name ?? '',
    `+${rate.prefix}`,
    money(price),
    money(rate.connectionCharge),
    String(increment),
  ],
});

const LABS_46 = simple({
  headings: ['code', 'duration', 'increment', 'rate_minute', 'mrc', 'effective_date'],
  held: ['effectiveFrom'],
  style: 'initial-then-increments',
  cells: (rate, { perMinute: price, initial, increment }) => [
    rate.prefix,
    String(initial),
    String(increment),
    money(price),
    '0',
    moment(rate.effectiveFrom),
  ],
});

const JERASOFT = simple({
  headings: [
    'Rate Table',
    'Src Code',
    'Code',
    'Code Name',
    'Policy',
    'Rate',
    'Effective Date',
    'End Date',
    'Tag',
    'Notes',
    'SF',
    'Min',
    'Int',
    'Time Profile',
  ],
  held: ['connectionCharge', 'effectiveFrom', 'effectiveTo'],
  style: 'initial-then-increments',
  cells: (rate, { perMinute: price, initial, increment }) => [
    '',
    '',
    rate.prefix,
    rate.name ?? '',
    '',
    money(price),
    moment(rate.effectiveFrom),
    moment(rate.effectiveTo),
    rate.category ?? '',
    rate.source ?? '',
    money(rate.connectionCharge),
    String(initial),
    String(increment),
    '',
  ],
});

const FREESIDE = simple({
  headings: ['destination', 'prefixes', 'rate'],
  held: [],
  style: 'initial-then-increments',
  holdsBlocks: ({ initial, increment }) => increment === 1 && initial <= 1,
  cells: (rate, { perMinute: price }) => [rate.name ?? '', rate.prefix, money(price)],
});

const MIRTA = simple({
  headings: [
    'Country',
    'Network',
    'Prefix',
    'Setup',
    'Cost/Minute',
    'Minimum cost',
    'Rounding digits',
    'Rounding time',
  ],
  held: ['connectionCharge', 'minimumCharge'],
  style: 'initial-then-increments',
  holdsBlocks: noExtraInitial,
  cells: (rate, { perMinute: price, increment }, { decimals }) => [
    rate.name ?? '',
    '',
    rate.prefix,
    money(rate.connectionCharge),
    money(price),
    money(rate.minimumCharge),
    decimals === undefined ? '' : String(decimals),
    String(increment),
  ],
});

/** As dialled: 0 in the country, 00 abroad; the service numbers of Việt Nam (84 1…) as they stand. */
function dialledPrefix(
  prefix: string,
  { countryCode, trunkPrefix }: DeckHome,
): { readonly head: string; readonly longer: number } {
  if (!prefix.startsWith(countryCode)) return { head: `00${prefix}`, longer: 2 };
  const national = prefix.slice(countryCode.length);
  const before = countryCode === '84' && national.startsWith('1') ? '' : trunkPrefix;
  return { head: before + national, longer: before.length - countryCode.length };
}

function yeastar(headings: readonly string[], cells: (row: YeastarRow) => readonly string[]): PresetExport {
  return {
    headings,
    firstRowCounts: true,
    write: (rate, _tariff, home) => {
      const misfits = misfitsOf(rate, ['connectionCharge', 'minimumDigits', 'maximumDigits']);
      const price = unitPrice(rate);
      if (price === undefined) misfits.push(rate.steps === undefined ? 'ratePerMinute' : 'steps');
      if (rate.minimumDigits !== rate.maximumDigits) misfits.push('minimumDigits');
      const { head, longer } = dialledPrefix(rate.prefix, home);
      if (head === '') misfits.push('prefix');
      if (misfits.length > 0 || price === undefined) return { misfits };
      const length = rate.minimumDigits === undefined ? '' : String(rate.minimumDigits + longer);
      return cells({ name: rate.name ?? '', prefix: head, length, price });
    },
  };
}

interface YeastarRow {
  readonly name: string;
  readonly prefix: string;
  readonly length: string;
  readonly price: UnitPrice;
}

const YEASTAR_P = yeastar(
  ['Name', 'Match Prefix', 'Number Length', 'Rate', 'Billable Unit(s)', 'Initial Time(s)', 'Initial Cost'],
  ({ name, prefix, length, price }) => [
    name,
    prefix,
    length,
    money(price.rate),
    String(price.unit),
    String(price.initialTime),
    money(price.initialCost),
  ],
);

const YEASTAR_S = yeastar(
  [
    'Match Pattern',
    'Number Length',
    'From',
    'To',
    'Days of Week',
    'Rate',
    'Billable Unit',
    'Initial Cost',
    'Initial Time',
    'members',
  ],
  ({ prefix, length, price }) => [
    `${prefix}!`,
    length,
    '00:00',
    '23:59',
    'all',
    money(price.rate),
    String(price.unit),
    money(price.initialCost),
    String(price.initialTime),
    '',
  ],
);

export const EXPORTS: Readonly<Record<string, PresetExport>> = {
  a2billing: A2BILLING,
  astpp: ASTPP,
  kazoo: KAZOO,
  ivozprovider: IVOZ,
  'yeastar-p': YEASTAR_P,
  'yeastar-s': YEASTAR_S,
  jerasoft: JERASOFT,
  '46labs': LABS_46,
  freeside: FREESIDE,
  mirta: MIRTA,
};
