import { ActionIcon, Button, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StoredRate } from '../../../core/rating/tariff.ts';
import { DecimalInput } from './decimal-input.tsx';
import type { RatePatch } from './rate-edits.ts';

interface VolumePricesProps {
  readonly draft: StoredRate;
  readonly isReadOnly: boolean;
  readonly onChange: (patch: RatePatch) => void;
}

type VolumePrice = NonNullable<StoredRate['volumePrices']>[number];

export function VolumePrices({ draft, isReadOnly, onChange }: VolumePricesProps) {
  const { t } = useTranslation('tariffs');
  const prices = draft.volumePrices ?? [];
  const change = (next: readonly VolumePrice[]): void =>
    onChange({ volumePrices: next.length === 0 ? undefined : next });
  const set = (at: number, part: Partial<VolumePrice>): void =>
    change(prices.map((price, i) => (i === at ? { ...price, ...part } : price)));
  return (
    <Stack gap="xs">
      <TextInput
        label={t('dialog.volumeGroup')}
        description={t('dialog.volumeHelp')}
        readOnly={isReadOnly}
        value={draft.volumeGroup ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ volumeGroup: value === '' ? undefined : value })}
      />
      {prices.map((price, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: prices have no name of their own while they are typed
        <Group key={at} gap="xs" align="flex-end" wrap="nowrap">
          <NumberInput
            label={t('dialog.fromMonthSeconds')}
            min={0}
            readOnly={isReadOnly}
            value={price.fromMonthSeconds}
            onChange={(value) => typeof value === 'number' && set(at, { fromMonthSeconds: value })}
          />
          <DecimalInput
            label={t('dialog.ratePerMinute')}
            readOnly={isReadOnly}
            value={price.ratePerMinute}
            onChange={(ratePerMinute) => set(at, { ratePerMinute })}
          />
          {!isReadOnly && (
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              aria-label={t('dialog.removeVolume', { seconds: price.fromMonthSeconds })}
              onClick={() => change(prices.filter((_, i) => i !== at))}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {!isReadOnly && (
        <Group>
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              change([...prices, { fromMonthSeconds: 3_000_000, ratePerMinute: draft.ratePerMinute ?? '0' }])
            }
          >
            {t('dialog.addVolume')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
