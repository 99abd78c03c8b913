/** Everything of one rate: what the grid's columns have no room for. */
import {
  Button,
  Drawer,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TariffTerms } from '../../../core/api/contract.ts';
import type { StoredRate } from '../../../core/rating/tariff.ts';
import { RATE_DIRECTIONS } from '../../../core/rating/tariff.ts';
import { DayInput } from '../../components/day-input.tsx';
import { textOr } from '../../language.ts';
import { DecimalInput } from './decimal-input.tsx';
import { DraftChecks } from './draft-checks.ts';
import { contentOf, patchRate, type RatePatch } from './rate-edits.ts';
import { RatePrice } from './rate-price.tsx';
import { VolumePrices } from './volume-prices.tsx';

interface RateDialogProps {
  readonly rate: StoredRate;
  readonly terms: TariffTerms;
  readonly isReadOnly: boolean;
  readonly onDone: (rate: StoredRate) => void;
  readonly onClose: () => void;
}

export function RateDialog({ rate, terms, isReadOnly, onDone, onClose }: RateDialogProps) {
  const { t } = useTranslation(['tariffs', 'app']);
  const [draft, setDraft] = useState(rate);
  const set = (patch: RatePatch): void => setDraft(patchRate(draft, patch));
  const problems = [...new DraftChecks().check(contentOf(terms, [draft])).rows.values()].flat();
  const errorAt = (path: string): string | undefined => {
    const found = problems.find((problem) => problem.path === path);
    return found && textOr(`tariff:problem.${found.code}`, found.values, found.code);
  };
  const others = problems.filter(({ path }) => path === '' || path.includes('['));
  const text = (key: 'prefix' | 'name' | 'nameVi' | 'category' | 'source' | 'trunk' | 'accessCode') => ({
    label: t(`dialog.${key}`),
    value: draft[key] ?? '',
    error: errorAt(key),
    readOnly: isReadOnly,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget;
      set({ [key]: value === '' && key !== 'prefix' ? undefined : value });
    },
  });
  const whole = (key: 'connectTimeSeconds' | 'graceSeconds' | 'freeSeconds' | 'minimumDigits' | 'maximumDigits') => ({
    label: t(`dialog.${key}`),
    min: 0,
    value: draft[key] ?? '',
    error: errorAt(key),
    readOnly: isReadOnly,
    onChange: (value: string | number) => set({ [key]: typeof value === 'number' ? value : undefined }),
  });
  const price = (key: 'connectionCharge' | 'disconnectionCharge' | 'minimumCharge' | 'maximumCharge') => ({
    label: t(`dialog.${key}`),
    value: draft[key] ?? '',
    error: errorAt(key),
    readOnly: isReadOnly,
    onChange: (value: string) => set({ [key]: value === '' ? undefined : value }),
  });
  const periods = [
    ...new Set(
      [...(terms.periods ?? []).map(({ name }) => name), terms.defaultPeriod, terms.holidayPeriod].filter(
        (name) => name !== undefined,
      ),
    ),
  ];
  const groups = [...new Set((terms.areaGroups ?? []).map(({ name }) => name))];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={620}
      title={<Text fw={650}>{t('dialog.title', { prefix: rate.prefix })}</Text>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDone(draft);
        }}
      >
        <Stack gap="sm">
          <Title order={3}>{t('dialog.destination')}</Title>
          <TextInput {...text('prefix')} description={t('dialog.prefixHelp')} data-autofocus />
          <SimpleGrid cols={2}>
            <TextInput {...text('nameVi')} />
            <TextInput {...text('name')} />
            <TextInput {...text('category')} />
            <TextInput {...text('source')} />
          </SimpleGrid>
          <Title order={3}>{t('dialog.price')}</Title>
          <RatePrice draft={draft} isReadOnly={isReadOnly} errorAt={errorAt} onChange={set} />
          <SimpleGrid cols={2}>
            <DecimalInput {...price('connectionCharge')} />
            <DecimalInput {...price('disconnectionCharge')} />
            <DecimalInput {...price('minimumCharge')} />
            <DecimalInput {...price('maximumCharge')} />
          </SimpleGrid>
          <Title order={3}>{t('dialog.free')}</Title>
          <SimpleGrid cols={3}>
            <NumberInput {...whole('connectTimeSeconds')} description={t('dialog.connectTimeHelp')} />
            <NumberInput {...whole('graceSeconds')} description={t('dialog.graceHelp')} />
            <NumberInput {...whole('freeSeconds')} description={t('dialog.freeHelp')} />
          </SimpleGrid>
          <Title order={3}>{t('dialog.conditions')}</Title>
          <SimpleGrid cols={2}>
            <Select
              label={t('dialog.period')}
              placeholder={t('dialog.everyPeriod')}
              clearable
              readOnly={isReadOnly}
              data={periods}
              value={draft.period ?? null}
              error={errorAt('period')}
              onChange={(period) => set({ period: period ?? undefined })}
            />
            <Select
              label={t('dialog.direction')}
              placeholder={t('dialog.outgoingOnly')}
              clearable
              readOnly={isReadOnly}
              data={RATE_DIRECTIONS.map((value) => ({ value, label: t(`app:direction.${value}`) }))}
              value={draft.direction ?? null}
              onChange={(value) => set({ direction: RATE_DIRECTIONS.find((known) => known === value) })}
            />
            <TextInput {...text('trunk')} />
            <TextInput {...text('accessCode')} />
            <Select
              label={t('dialog.originGroup')}
              placeholder={t('dialog.anyGroup')}
              clearable
              readOnly={isReadOnly}
              data={groups}
              value={draft.originGroup ?? null}
              error={errorAt('originGroup')}
              onChange={(originGroup) => set({ originGroup: originGroup ?? undefined })}
            />
            <SimpleGrid cols={2}>
              <NumberInput {...whole('minimumDigits')} />
              <NumberInput {...whole('maximumDigits')} />
            </SimpleGrid>
            <DayInput
              label={t('dialog.effectiveFrom')}
              value={draft.effectiveFrom?.slice(0, 10) ?? null}
              error={errorAt('effectiveFrom')}
              readOnly={isReadOnly}
              onChange={(day) => set({ effectiveFrom: day ?? undefined })}
            />
            <DayInput
              label={t('dialog.effectiveTo')}
              value={draft.effectiveTo?.slice(0, 10) ?? null}
              error={errorAt('effectiveTo')}
              readOnly={isReadOnly}
              onChange={(day) => set({ effectiveTo: day ?? undefined })}
            />
          </SimpleGrid>
          <Switch
            label={t('dialog.localOnly')}
            checked={draft.localOnly === true}
            disabled={isReadOnly}
            onChange={(event) => set({ localOnly: event.currentTarget.checked ? true : undefined })}
          />
          <Title order={3}>{t('dialog.volume')}</Title>
          <VolumePrices draft={draft} isReadOnly={isReadOnly} onChange={set} />
          {others.length > 0 && (
            <Text size="sm" c="var(--tb-warn)" role="alert">
              {others.map(({ code, values }) => textOr(`tariff:problem.${code}`, values, code)).join(' ')}
            </Text>
          )}
          <Group justify="flex-end" className="tb-form-foot">
            <Button variant="default" onClick={onClose}>
              {t(isReadOnly ? 'app:action.close' : 'app:action.cancel')}
            </Button>
            {!isReadOnly && <Button type="submit">{t('app:action.apply')}</Button>}
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
