/** Which period holds at each hour of a week: the picture beside the list of periods. */
import type { TariffTerms } from '../../../core/api/contract.ts';

const HOUR_S = 3600;
const DAY_S = 86_400;

function secondOf(clock: string | undefined, otherwise: number): number {
  const [hours = '', minutes = '0', seconds = '0'] = (clock ?? '').split(':');
  return hours === '' ? otherwise : Number(hours) * HOUR_S + Number(minutes) * 60 + Number(seconds);
}

/** Index of the period at the middle of each hour, by ISO weekday from Monday; undefined where none of them holds. */
export function weekOfPeriods(
  periods: NonNullable<TariffTerms['periods']>,
): readonly (readonly (number | undefined)[])[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
    Array.from({ length: 24 }, (_, hour) => {
      const second = hour * HOUR_S + HOUR_S / 2;
      const at = periods.findIndex(({ days, from, to }) => {
        const [begin, end] = [secondOf(from, 0), secondOf(to, DAY_S)];
        const isInside = begin <= end ? second >= begin && second < end : second >= begin || second < end;
        return isInside && (days === undefined || days.includes(weekday));
      });
      return at < 0 ? undefined : at;
    }),
  );
}
