/** Relative periods beside a choice of days: today, last week, last month. */
import { useTranslation } from 'react-i18next';
import { useToday } from '../site.ts';
import { DATE_PRESETS, presetRange } from '../site-day.ts';

export interface RangePreset {
  readonly value: [string, string];
  readonly label: string;
}

export function useRangePresets(): RangePreset[] {
  const { t } = useTranslation('comfort');
  const today = useToday();
  return DATE_PRESETS.map((preset) => {
    const { from, to } = presetRange(preset, today);
    return { value: [from, to], label: t(`preset.${preset}`) };
  });
}
