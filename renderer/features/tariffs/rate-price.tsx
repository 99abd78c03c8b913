import { ActionIcon, Button, Group, NumberInput, SegmentedControl, Select, SimpleGrid, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RateStep, StoredRate } from '../../../core/rating/tariff.ts';
import { DecimalInput } from './decimal-input.tsx';
import type { RatePatch } from './rate-edits.ts';

interface RatePriceProps {
  readonly draft: StoredRate;
  readonly isReadOnly: boolean;
  readonly errorAt: (path: string) => string | undefined;
  readonly onChange: (patch: RatePatch) => void;
}

const FORMS = ['simple', 'stepped', 'perCall', 'rejected'] as const;
type PriceForm = (typeof FORMS)[number];

function formOf({ reject, steps, ratePerMinute }: StoredRate): PriceForm {
  if (reject === true) return 'rejected';
  if (steps !== undefined) return 'stepped';
  return ratePerMinute === undefined ? 'perCall' : 'simple';
}

/** What a rate in steps begins with: what its price of a minute said. */
function stepsOf({ ratePerMinute = '0', incrementSeconds = 1 }: StoredRate): readonly RateStep[] {
  return [{ fromSecond: 0, price: ratePerMinute, perSeconds: 60, incrementSeconds }];
}

function patchTo(form: PriceForm, draft: StoredRate): RatePatch {
  const nothing = {
    ratePerMinute: undefined,
    initialSeconds: undefined,
    incrementSeconds: undefined,
    steps: undefined,
  };
  switch (form) {
    case 'simple':
      return { ...nothing, reject: undefined, ratePerMinute: draft.ratePerMinute ?? draft.steps?.[0]?.price ?? '0' };
    case 'stepped':
      return { ...nothing, reject: undefined, steps: draft.steps ?? stepsOf(draft) };
    case 'perCall':
      return { ...nothing, reject: undefined, connectionCharge: draft.connectionCharge ?? '0' };
    case 'rejected':
      return { ...nothing, reject: true };
  }
}

export function RatePrice({ draft, isReadOnly, errorAt, onChange }: RatePriceProps) {
  const { t } = useTranslation('tariffs');
  const form = formOf(draft);
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={t('dialog.form')}
        readOnly={isReadOnly}
        data={FORMS.map((value) => ({ value, label: t(`dialog.${value}`) }))}
        value={form}
        onChange={(value) => {
          const next = FORMS.find((known) => known === value);
          if (next !== undefined) onChange(patchTo(next, draft));
        }}
        orientation="vertical"
        fullWidth
      />
      {form === 'simple' && (
        <SimpleGrid cols={3}>
          <DecimalInput
            label={t('dialog.ratePerMinute')}
            value={draft.ratePerMinute ?? ''}
            error={errorAt('ratePerMinute')}
            readOnly={isReadOnly}
            onChange={(ratePerMinute) => onChange({ ratePerMinute })}
          />
          <NumberInput
            label={t('dialog.initialSeconds')}
            min={0}
            readOnly={isReadOnly}
            value={draft.initialSeconds ?? ''}
            error={errorAt('initialSeconds')}
            onChange={(value) => onChange({ initialSeconds: typeof value === 'number' ? value : undefined })}
          />
          <NumberInput
            label={t('dialog.incrementSeconds')}
            min={1}
            readOnly={isReadOnly}
            value={draft.incrementSeconds ?? ''}
            error={errorAt('incrementSeconds')}
            onChange={(value) => onChange({ incrementSeconds: typeof value === 'number' ? value : undefined })}
          />
        </SimpleGrid>
      )}
      {form === 'stepped' && (
        <Steps steps={draft.steps ?? []} isReadOnly={isReadOnly} onChange={(steps) => onChange({ steps })} />
      )}
      {(form === 'simple' || form === 'stepped') && (
        <Select
          label={t('dialog.block')}
          allowDeselect={false}
          readOnly={isReadOnly}
          data={[
            { value: 'initial-then-increments', label: t('dialog.blockFirst') },
            { value: 'whole-duration', label: t('dialog.blockWhole') },
          ]}
          value={draft.block ?? 'initial-then-increments'}
          onChange={(value) => onChange({ block: value === 'whole-duration' ? value : undefined })}
        />
      )}
    </Stack>
  );
}

interface StepsProps {
  readonly steps: readonly RateStep[];
  readonly isReadOnly: boolean;
  readonly onChange: (steps: readonly RateStep[]) => void;
}

function Steps({ steps, isReadOnly, onChange }: StepsProps) {
  const { t } = useTranslation('tariffs');
  const set = (at: number, part: Partial<RateStep>): void =>
    onChange(steps.map((step, i) => (i === at ? { ...step, ...part } : step)));
  const seconds = (at: number, key: 'fromSecond' | 'perSeconds' | 'incrementSeconds') => (
    <NumberInput
      label={t(`dialog.step.${key}`)}
      min={0}
      hideControls
      readOnly={isReadOnly}
      value={steps[at]?.[key] ?? ''}
      onChange={(value) => typeof value === 'number' && set(at, { [key]: value })}
    />
  );
  return (
    <>
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name of their own while they are typed
        <Group key={at} gap="xs" align="flex-end" wrap="nowrap">
          {seconds(at, 'fromSecond')}
          <DecimalInput
            label={t('dialog.step.price')}
            readOnly={isReadOnly}
            value={step.price}
            onChange={(price) => set(at, { price })}
          />
          {seconds(at, 'perSeconds')}
          {seconds(at, 'incrementSeconds')}
          {!isReadOnly && (
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              aria-label={t('dialog.step.remove', { second: step.fromSecond })}
              onClick={() => onChange(steps.filter((_, i) => i !== at))}
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
            onClick={() => {
              const last = steps.at(-1);
              onChange([
                ...steps,
                {
                  fromSecond: last === undefined ? 0 : last.fromSecond + last.incrementSeconds,
                  price: last?.price ?? '0',
                  perSeconds: last?.perSeconds ?? 60,
                  incrementSeconds: 1,
                },
              ]);
            }}
          >
            {t('dialog.step.add')}
          </Button>
        </Group>
      )}
    </>
  );
}
