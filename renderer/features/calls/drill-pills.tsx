/** Parts of the filter that only links set: an hour of the week, a place. Each can be taken away. */
import { Group, Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FilterProps } from './filter-props.ts';

export function DrillPills({ filter, onChange }: FilterProps) {
  const { t } = useTranslation(['calls', 'dashboard', 'app']);
  const { weekday, hour, destinationId } = filter;
  const pills = [
    ...(weekday === undefined
      ? []
      : ([['weekday', t(`dashboard:weekday.${weekday as 1 | 2 | 3 | 4 | 5 | 6 | 7}`)]] as const)),
    ...(hour === undefined ? [] : ([['hour', t('filter.hour', { from: `${hour}:00`, to: `${hour}:59` })]] as const)),
    ...(destinationId === undefined ? [] : ([['destinationId', t('filter.onePlace')]] as const)),
  ];
  if (pills.length === 0) return null;
  return (
    <Group gap={6} pt="xs">
      {pills.map(([key, label]) => (
        <Pill
          key={key}
          size="md"
          withRemoveButton
          removeButtonProps={{ 'aria-label': t('filter.without', { label }) }}
          onRemove={() => onChange({ ...filter, [key]: undefined })}
        >
          {label}
        </Pill>
      ))}
    </Group>
  );
}
