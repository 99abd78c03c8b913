import { useTranslation } from 'react-i18next';
import { formatLocalDay } from '../../format.ts';

/** From when a version holds, in words. */
export function useFromText(): (day: string | null) => string {
  const { t } = useTranslation('tariffs');
  return (day) => (day === null ? t('list.always') : t('list.from', { day: formatLocalDay(day) }));
}
