/** Adding or changing one budget. */
import {
  Button,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Budget } from '../../../core/api/contract.ts';
import { DepartmentSelect, PersonSelect } from '../../components/directory-selects.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { MonthInput } from '../../components/month-input.tsx';
import { rememberedWho, rememberWho, WhoInput } from '../../components/who-input.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { type BudgetDraft, draftOf, inputOf, newDraft, OUTSIDE_BANDS, WHOSE_KINDS } from './budget-draft.ts';

interface BudgetFormProps {
  /** Absent: a new one. */
  readonly budget: Budget | undefined;
  readonly month: string;
  readonly onClose: () => void;
}

export function BudgetForm({ budget, month, onClose }: BudgetFormProps) {
  const { t } = useTranslation(['budgets', 'app']);
  const [draft, setDraft] = useState<BudgetDraft>(() => (budget === undefined ? newDraft(month) : draftOf(budget)));
  const [by, setBy] = useState(rememberedWho);
  const done = (): void => {
    rememberWho(by);
    showDone(t('app:saved'));
    onClose();
  };
  const add = useWrite('addBudget', { showsErrors: true, refresh: ['listBudgets'], onDone: done });
  const change = useWrite('changeBudget', { showsErrors: true, refresh: ['listBudgets'], onDone: done });
  const error = add.error ?? change.error;
  const input = inputOf(draft, by);
  const errors = useFieldErrors(error, input);
  const set = (part: Partial<BudgetDraft>): void => setDraft({ ...draft, ...part });
  const save = (): void => {
    if (budget === undefined) add.mutate({ body: input });
    else change.mutate({ params: { id: budget.id }, body: input });
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<Text fw={650}>{t(budget === undefined ? 'form.addTitle' : 'form.editTitle')}</Text>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            aria-label={t('form.whose')}
            value={draft.whose}
            onChange={(value) => set({ whose: WHOSE_KINDS.find((kind) => kind === value) ?? 'person' })}
            data={WHOSE_KINDS.map((value) => ({ value, label: t(`form.whoseKind.${value}`) }))}
          />
          {draft.whose === 'person' && (
            <PersonSelect
              required
              label={t('form.person')}
              value={draft.personId}
              error={errors.at('personId')}
              onChange={(personId) => set({ personId })}
            />
          )}
          {draft.whose === 'department' && (
            <Group align="flex-end" grow>
              <DepartmentSelect
                required
                label={t('form.department')}
                value={draft.departmentId}
                error={errors.at('departmentId')}
                onChange={(departmentId) => set({ departmentId })}
              />
              <Checkbox
                mb={8}
                label={t('form.includesSub')}
                checked={draft.includesSubDepartments}
                onChange={(event) => set({ includesSubDepartments: event.currentTarget.checked })}
              />
            </Group>
          )}
          <MultiSelect
            label={t('form.bands')}
            description={t('form.bandsHelp')}
            data={OUTSIDE_BANDS.map((value) => ({ value, label: t(`app:band.${value}`) }))}
            value={[...draft.bands]}
            onChange={(values) => set({ bands: OUTSIDE_BANDS.filter((band) => values.includes(band)) })}
          />
          <SegmentedControl
            aria-label={t('form.unit')}
            value={draft.unit}
            onChange={(value) => set({ unit: value === 'minutes' ? 'minutes' : 'money' })}
            data={(['money', 'minutes'] as const).map((value) => ({ value, label: t(`form.unitKind.${value}`) }))}
          />
          {draft.unit === 'money' ? (
            <SimpleGrid cols={2}>
              <TextInput
                required
                inputMode="decimal"
                label={t('form.amount')}
                value={draft.amount}
                error={errors.at('allowance.amount')}
                onChange={(event) => set({ amount: event.currentTarget.value })}
              />
              <TextInput
                required
                label={t('form.currency')}
                maxLength={3}
                value={draft.currency}
                error={errors.at('allowance.currency')}
                onChange={(event) => set({ currency: event.currentTarget.value })}
              />
            </SimpleGrid>
          ) : (
            <NumberInput
              required
              min={0}
              label={t('form.minutes')}
              value={draft.minutes}
              error={errors.at('allowance.minutes')}
              onChange={(minutes) => set({ minutes })}
            />
          )}
          <SimpleGrid cols={2}>
            <MonthInput
              required
              label={t('form.from')}
              value={draft.fromMonth}
              error={errors.at('fromMonth')}
              onChange={(fromMonth) => set({ fromMonth })}
            />
            <MonthInput
              clearable
              label={t('form.to')}
              description={t('form.toHelp')}
              value={draft.toMonth}
              error={errors.at('toMonth')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              onChange={(toMonth) => set({ toMonth })}
            />
          </SimpleGrid>
          <TextInput
            label={t('form.thresholds')}
            description={t('form.thresholdsHelp')}
            value={draft.thresholds}
            error={errors.at('thresholds') ?? errors.at('thresholds.0')}
            onChange={(event) => set({ thresholds: event.currentTarget.value })}
          />
          <Checkbox
            label={t('form.warnsOfForecast')}
            checked={draft.warnsOfForecast}
            onChange={(event) => set({ warnsOfForecast: event.currentTarget.checked })}
          />
          <TextInput
            label={t('form.note')}
            maxLength={500}
            value={draft.note}
            onChange={(event) => set({ note: event.currentTarget.value })}
          />
          <WhoInput value={by} onChange={setBy} />
          <FormFailure error={error} unshown={['by']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending || change.isPending}>
              {t('app:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
