/** One calling right: how far, on which weekdays, in which hours. */
import { ActionIcon, Button, Chip, Group, Paper, Select, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { HOLIDAY_RULES } from '../../../core/model/code-policy.ts';
import { type HoursDraft, newHours, type RightDraft } from './policy-draft.ts';
import { ReachFields } from './reach-fields.tsx';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

interface RightFieldsProps {
  readonly right: RightDraft;
  readonly errorAt: (path: string) => string | undefined;
  readonly onChange: (right: RightDraft) => void;
  readonly onRemove: () => void;
}

export function RightFields({ right, errorAt, onChange, onRemove }: RightFieldsProps) {
  const { t } = useTranslation('policy');
  const setHours = (hours: readonly HoursDraft[]): void => onChange({ ...right, hours: [...hours] });
  return (
    <Paper p="sm" component="section" aria-label={right.name}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-end">
          <TextInput
            label={t('editor.rightName')}
            w={280}
            value={right.name}
            error={errorAt('name')}
            onChange={(event) => onChange({ ...right, name: event.currentTarget.value })}
          />
          <Group gap={4}>
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconPlus size={14} />}
              onClick={() => setHours([...right.hours, newHours()])}
            >
              {t('editor.addHours')}
            </Button>
            <Tooltip label={t('editor.removeRight')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`${t('editor.removeRight')}: ${right.name}`}
                onClick={onRemove}
              >
                <IconTrash size={17} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
        {right.hours.map((hours, i) => (
          <HoursFields
            key={hours.key}
            hours={hours}
            errorAt={(path) => errorAt(`hours.${i}.${path}`)}
            onChange={(next) => setHours(right.hours.map((one, j) => (j === i ? next : one)))}
            onRemove={right.hours.length === 1 ? undefined : () => setHours(right.hours.filter((_, j) => j !== i))}
          />
        ))}
      </Stack>
    </Paper>
  );
}

interface HoursFieldsProps {
  readonly hours: HoursDraft;
  readonly errorAt: (path: string) => string | undefined;
  readonly onChange: (hours: HoursDraft) => void;
  readonly onRemove: (() => void) | undefined;
}

function HoursFields({ hours, errorAt, onChange, onRemove }: HoursFieldsProps) {
  const { t } = useTranslation('policy');
  const error = errorAt('weekdays');
  const clock = (end: 'from' | 'to') => (
    <TimePicker
      format="24h"
      label={t(`editor.${end}`)}
      w={110}
      value={hours[end]}
      error={errorAt(end)}
      onChange={(clockTime) => onChange({ ...hours, [end]: clockTime })}
    />
  );
  return (
    <Stack gap="xs" className="tb-policy-hours">
      <ReachFields label={t('editor.mayCall')} value={hours} onChange={(reach) => onChange({ ...hours, ...reach })} />
      <Group align="flex-end" gap="sm">
        <div>
          <Text size="sm" fw={500} component="div">
            {t('editor.weekdays')}
          </Text>
          <Chip.Group
            multiple
            value={hours.weekdays.map(String)}
            onChange={(days) => onChange({ ...hours, weekdays: days.map(Number).sort((a, b) => a - b) })}
          >
            <Group gap={4} h={36} align="center">
              {WEEK.map((day) => (
                <Chip key={day} value={String(day)} size="xs" disabled={hours.holidays === 'only'}>
                  {t(`weekday.${day}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </div>
        {clock('from')}
        {clock('to')}
        <Select
          label={t('editor.holidays')}
          w={180}
          allowDeselect={false}
          data={HOLIDAY_RULES.map((rule) => ({ value: rule, label: t(`holidays.${rule}`) }))}
          value={hours.holidays}
          onChange={(chosen) =>
            onChange({ ...hours, holidays: HOLIDAY_RULES.find((rule) => rule === chosen) ?? 'as-usual' })
          }
        />
        {onRemove !== undefined && (
          <Tooltip label={t('editor.removeHours')}>
            <ActionIcon variant="subtle" color="gray" mb={4} aria-label={t('editor.removeHours')} onClick={onRemove}>
              <IconTrash size={17} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      {error !== undefined && (
        <Text size="xs" c="red">
          {error}
        </Text>
      )}
    </Stack>
  );
}
