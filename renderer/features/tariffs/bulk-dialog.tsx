import { Button, Group, Modal, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../components/day-input.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { type BulkChange, changeRate } from './bulk-change.ts';
import { DecimalInput } from './decimal-input.tsx';
import { type Edit, editRates, type RateRow } from './rate-edits.ts';
import { useCounted } from './use-counted.ts';

interface BulkDialogProps {
  readonly rows: readonly RateRow[];
  readonly onEdit: (edit: Edit | undefined) => void;
  readonly onClose: () => void;
}

const EXACT = 'exact';
const DECIMALS = ['0', '1', '2', '3', '4'];

/** One change to all rates that the search shows. */
export function BulkDialog({ rows, onEdit, onClose }: BulkDialogProps) {
  const { t } = useTranslation(['tariffs', 'app']);
  const counted = useCounted();
  const language = useLanguage();
  const [percent, setPercent] = useState('');
  const [decimals, setDecimals] = useState(EXACT);
  const [initialSeconds, setInitial] = useState<number>();
  const [incrementSeconds, setIncrement] = useState<number>();
  const [category, setCategory] = useState('');
  const [effectiveFrom, setFrom] = useState<string | null>(null);
  const stepped = rows.filter(({ rate }) => rate.steps !== undefined).length;
  const change: BulkChange = {
    ...(percent !== '' && { percent }),
    ...(decimals !== EXACT && { decimals: Number(decimals) }),
    ...(initialSeconds !== undefined && { initialSeconds }),
    ...(incrementSeconds !== undefined && { incrementSeconds }),
    ...(category.trim() !== '' && { category: category.trim() }),
    ...(effectiveFrom !== null && { effectiveFrom }),
  };
  const seconds = (
    label: string,
    value: number | undefined,
    onChange: (value: number | undefined) => void,
    min: number,
  ) => (
    <NumberInput
      label={label}
      min={min}
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    />
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={<Text fw={650}>{t('bulk.title', { count: formatCount(rows.length, language) })}</Text>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onEdit(editRates(rows, (rate) => changeRate(rate, change)));
        }}
      >
        <Stack>
          <Text size="sm">{t('bulk.text')}</Text>
          <SimpleGrid cols={2}>
            <DecimalInput
              label={t('bulk.percent')}
              description={t('bulk.percentHelp')}
              value={percent}
              onChange={setPercent}
              data-autofocus
            />
            <Select
              label={t('bulk.decimals')}
              description={'\u00a0'}
              allowDeselect={false}
              data={[{ value: EXACT, label: t('bulk.exact') }, ...DECIMALS]}
              value={decimals}
              onChange={(value) => setDecimals(value ?? EXACT)}
            />
            {seconds(t('bulk.initialSeconds'), initialSeconds, setInitial, 0)}
            {seconds(t('bulk.incrementSeconds'), incrementSeconds, setIncrement, 1)}
            <TextInput
              label={t('bulk.category')}
              value={category}
              onChange={(event) => setCategory(event.currentTarget.value)}
            />
            <DayInput label={t('bulk.effectiveFrom')} value={effectiveFrom} onChange={setFrom} />
          </SimpleGrid>
          {stepped > 0 && (initialSeconds ?? incrementSeconds) !== undefined && (
            <Text size="sm" c="dimmed">
              {t('bulk.withSteps', counted(stepped))}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" disabled={Object.keys(change).length === 0}>
              {t('bulk.apply')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
