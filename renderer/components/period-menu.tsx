/** Relative periods beside two fields for days. */
import { Button, Menu } from '@mantine/core';
import { IconCalendarStats } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DayRange } from '../site-day.ts';
import { useRangePresets } from './use-range-presets.ts';

export function PeriodMenu({ onChoose }: { readonly onChoose: (range: DayRange) => void }) {
  const { t } = useTranslation('comfort');
  const presets = useRangePresets();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconCalendarStats size={16} stroke={1.6} />}>
          {t('period')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {presets.map(({ value: [from, to], label }) => (
          <Menu.Item key={label} onClick={() => onChoose({ from, to })}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
