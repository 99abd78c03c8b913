/** Code rules in the reader's words. */
import { useTranslation } from 'react-i18next';
import type { CallRuling } from '../../core/api/contract.ts';
import { BANDS } from '../../core/model/call.ts';
import { EXTRA_BANDS, hoursOfText, REACH_BANDS, type Reach, type RightHours } from '../../core/model/code-policy.ts';
import { formatLocalDay } from '../format.ts';
import { dayBefore } from '../site-day.ts';

type Hours = Omit<RightHours, keyof Reach>;

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
type Weekday = (typeof WEEK)[number];
const DAY = /^\d{4}-\d\d-\d\d$/;

export interface PolicyWords {
  readonly reach: (reach: Reach) => string;
  readonly weekdays: (days: readonly number[]) => string;
  readonly hours: (hours: Hours) => string;
  readonly ruling: (ruling: CallRuling) => string;
}

export function usePolicyWords(): PolicyWords {
  const { t } = useTranslation(['policy', 'common']);

  const reach = ({ upTo, also }: Reach): string => {
    const extra = also.map((band) => t(`common:band.${band}`));
    if (upTo === null) return extra.length === 0 ? t('nothingFree') : extra.join(', ');
    return [t('reachUpTo', { band: t(`common:band.${upTo}`) }), ...extra].join(', ');
  };
  const name = (day: Weekday): string => t(`weekday.${day}`);
  const weekdays = (days: readonly number[]): string => {
    const known = WEEK.filter((day) => days.includes(day));
    if (known.length === WEEK.length) return t('everyDay');
    const [first, last] = [known[0], known.at(-1)];
    const isRun = first !== undefined && last !== undefined && last - first === known.length - 1 && known.length > 2;
    return isRun ? `${name(first)}–${name(last)}` : known.map(name).join(', ');
  };
  const hours = ({ weekdays: days, from, to, holidays }: Hours): string => {
    if (holidays === 'only') return t('hours.only');
    const text =
      from === to ? t('hours.all', { days: weekdays(days) }) : t('hours.span', { days: weekdays(days), from, to });
    return holidays === 'never' ? t('hours.never', { text }) : text;
  };

  const ruling = ({ rule, values }: CallRuling): string => {
    const text = (key: string): string => String(values[key] ?? '');
    const isDay = (key: string): boolean => DAY.test(text(key));
    const band = BANDS.find((one) => one === values['band']);
    const also = text('also').split(',');
    return t(`rule.${rule}`, {
      group: text('group') === '' ? t('otherTelephones') : `“${text('group')}”`,
      band: band === undefined ? '' : t(`common:band.${band}`),
      reach: reach({
        upTo: REACH_BANDS.find((one) => one === values['upTo']) ?? null,
        also: EXTRA_BANDS.filter((one) => also.includes(one)),
      }),
      right: text('right'),
      hours: hoursOfText(text('hours')).map(hours).join('; '),
      name: text('name'),
      validFrom: isDay('validFrom') ? formatLocalDay(text('validFrom')) : text('validFrom'),
      // Stored is the first day on which it no longer holds.
      validTo: isDay('validTo') ? formatLocalDay(dayBefore(text('validTo'))) : text('validTo'),
    });
  };
  return { reach, weekdays, hours, ruling };
}
