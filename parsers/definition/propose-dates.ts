/** Which part of a printed date is the day, told by the values of a column. */
import { daysFromCivil } from '../../core/model/time.ts';
import type { DateOrder } from '../types.ts';
import { dateOf } from './moments.ts';

export interface ProposedOrder {
  readonly dateOrder: DateOrder | undefined;
  /** No other order fits the values. */
  readonly isDateOrderProved: boolean;
}

const WITH_YEAR: readonly DateOrder[] = ['DMY', 'YMD', 'MDY', 'YDM'];
const WITHOUT_YEAR: readonly DateOrder[] = ['DM', 'MD'];
/** A record of a year beyond this was read in the wrong order. */
const LATEST_YEAR = 2039;
const EARLIEST_YEAR = 1990;
/** Any leap year, for dates without one. */
const SOME_YEAR = 2000;

function dayOf(value: string, order: DateOrder): number | undefined {
  const m = /^(\d{4}|XXXX)-(\d\d)-(\d\d)$/.exec(dateOf(value, order, undefined) ?? '');
  if (m === null) return undefined;
  const year = m[1] === 'XXXX' ? SOME_YEAR : Number(m[1]);
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) return undefined;
  return daysFromCivil(year, Number(m[2]), Number(m[3]));
}

interface Reading {
  readonly order: DateOrder;
  readonly spread: number;
  readonly newest: number;
}

function readingsOf(values: readonly string[], orders: readonly DateOrder[]): readonly Reading[] {
  return orders.flatMap((order) => {
    const days = values.map((value) => dayOf(value, order)).filter((day) => day !== undefined);
    // A total or a heading among the lines has no date.
    if (days.length < values.length * 0.8 || days.length === 0) return [];
    const newest = Math.max(...days);
    return [{ order, spread: newest - Math.min(...days), newest }];
  });
}

/** Records of one capture lie days apart, not months, so the order in which they lie closest is the likely one. */
export function orderOfDates(printed: readonly string[]): ProposedOrder {
  const values = printed.filter((value) => value !== '');
  const dated = readingsOf(values, WITH_YEAR);
  const readings = dated.length > 0 ? dated : readingsOf(values, WITHOUT_YEAR);
  const [best] = readings.toSorted((a, b) => a.spread - b.spread || b.newest - a.newest);
  // With all parts below 13 and one day alone, the usual order goes first.
  const [usual] = readings;
  const isTold = best !== undefined && usual !== undefined && (best.spread < usual.spread || isDigits(values));
  return { dateOrder: isTold ? best.order : usual?.order, isDateOrderProved: readings.length === 1 };
}

const isDigits = (values: readonly string[]): boolean => values.every((value) => /^\d+$/.test(value));
