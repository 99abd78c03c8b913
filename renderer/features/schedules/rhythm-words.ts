import { useTranslation } from 'react-i18next';
import type { Rhythm, RunSummary, ScheduledTask } from '../../../core/api/contract.ts';
import { formatMonthInText } from '../../format.ts';
import { useLanguage } from '../../language.ts';

export const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;

const weekdayKey = (weekday: number): (typeof WEEKDAYS)[number] => WEEKDAYS[weekday - 1] ?? '1';

/** `Every Monday at 07:00`. */
export function useRhythmWords(): (rhythm: Rhythm) => string {
  const { t } = useTranslation('schedules');
  return (rhythm) => {
    const { at } = rhythm;
    if (rhythm.every === 'day') return t('rhythm.day', { at });
    if (rhythm.every === 'week') {
      return t('rhythm.week', { at, weekday: t(`weekday.${weekdayKey(rhythm.weekday)}`) });
    }
    return rhythm.on === 'day' ? t('rhythm.monthDay', { at, day: rhythm.day }) : t('rhythm.lastWorkingDay', { at });
  };
}

/** Report with its period and files, or statements. */
export function useTaskWords(): (task: ScheduledTask) => string {
  const { t } = useTranslation(['schedules', 'reports']);
  return (task) => {
    if (task.kind === 'statements') return t('kind.statements');
    const types = task.types.map((type) => t(`fileType.${type}`)).join(', ');
    return `${t(`reports:name.${task.reportId}`)}, ${t(`periods.${task.period}`)} (${types})`;
  };
}

/** Runs without a schedule are named for their month. */
export function useRunName(): (run: Pick<RunSummary, 'name' | 'kind' | 'scheduleId'>) => string {
  const { t } = useTranslation('schedules');
  const language = useLanguage();
  return ({ name, kind, scheduleId }) => {
    if (scheduleId !== null || kind === 'report') return name;
    return t(`log.${kind}`, { month: formatMonthInText(name, language) });
  };
}
