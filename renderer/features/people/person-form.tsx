import { Button, Group, SimpleGrid, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { DayInput } from '../../components/day-input.tsx';
import { DepartmentSelect } from '../../components/directory-selects.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

interface PersonFormProps {
  readonly person: Person | undefined;
  readonly departmentId: number | undefined;
  /** Finishes what else is open beside this form; nothing is saved where it answers false. */
  readonly onBeforeSave: () => Promise<boolean>;
  readonly onSaved: (id: number) => void;
  readonly onClose: () => void;
}

const REFRESH = ['listPeople', 'listDepartments'] as const;

function draftOf(person: Person | undefined, departmentId: number | undefined) {
  return {
    name: person?.name ?? '',
    employeeNumber: person?.employeeNumber ?? '',
    email: person?.email ?? '',
    title: person?.title ?? '',
    notes: person?.notes ?? '',
    activeFrom: person?.activeFrom ?? null,
    activeTo: person?.activeTo ?? null,
    departmentId: person === undefined ? (departmentId ?? null) : person.departmentId,
    departmentFrom: null as string | null,
  };
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export function PersonForm({ person, departmentId, onBeforeSave, onSaved, onClose }: PersonFormProps) {
  const { t } = useTranslation(['people', 'app']);
  const [draft, setDraft] = useState(() => draftOf(person, departmentId));
  const [asksRemoval, setAsksRemoval] = useState(false);
  const onDone = (saved: Person): void => {
    showDone(t('app:saved'));
    onSaved(saved.id);
  };
  const add = useWrite('addPerson', { refresh: REFRESH, onDone, showsErrors: true });
  const change = useWrite('changePerson', { refresh: REFRESH, onDone, showsErrors: true });
  const remove = useWrite('removePerson', {
    refresh: REFRESH,
    onDone: () => {
      showDone(t('app:removed'));
      onClose();
    },
  });
  const error = add.error ?? change.error;
  const errors = useFieldErrors(error, draft);
  const hasMoved = person !== undefined && draft.departmentId !== person.departmentId;
  const text = (name: 'name' | 'employeeNumber' | 'email' | 'title') => ({
    label: t(`field.${name}`),
    value: draft[name],
    error: errors.at(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  const save = async (): Promise<void> => {
    if (!(await onBeforeSave())) return;
    const body = {
      ...draft,
      employeeNumber: orNull(draft.employeeNumber),
      email: orNull(draft.email),
      title: orNull(draft.title),
      notes: orNull(draft.notes),
      departmentFrom: hasMoved ? draft.departmentFrom : null,
    };
    if (person === undefined) add.mutate({ body });
    else change.mutate({ params: { id: person.id }, body });
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        <Title order={3}>{t('details')}</Title>
        <TextInput {...text('name')} required data-autofocus />
        <SimpleGrid cols={2}>
          <TextInput {...text('employeeNumber')} />
          <TextInput {...text('title')} />
          <TextInput {...text('email')} type="email" />
          <DepartmentSelect
            label={t('field.department')}
            value={draft.departmentId}
            error={errors.at('departmentId')}
            onChange={(id) => setDraft({ ...draft, departmentId: id })}
          />
          {hasMoved && (
            <DayInput
              label={t('field.departmentFrom')}
              description={t('help.departmentFrom')}
              value={draft.departmentFrom}
              error={errors.at('departmentFrom')}
              onChange={(day) => setDraft({ ...draft, departmentFrom: day })}
            />
          )}
          <DayInput
            label={t('field.activeFrom')}
            value={draft.activeFrom}
            error={errors.at('activeFrom')}
            onChange={(day) => setDraft({ ...draft, activeFrom: day })}
          />
          <DayInput
            label={t('field.activeTo')}
            value={draft.activeTo}
            error={errors.at('activeTo')}
            onChange={(day) => setDraft({ ...draft, activeTo: day })}
          />
        </SimpleGrid>
        <Textarea
          label={t('field.notes')}
          autosize
          minRows={2}
          value={draft.notes}
          error={errors.at('notes')}
          onChange={(event) => setDraft({ ...draft, notes: event.currentTarget.value })}
        />
        <FormFailure error={error} />
        <Group justify="space-between" className="tb-form-foot">
          {person === undefined ? (
            <span />
          ) : (
            <Button variant="subtle" color="red" onClick={() => setAsksRemoval(true)}>
              {t('app:action.remove')}
            </Button>
          )}
          <Group>
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending || change.isPending}>
              {t('app:action.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
      {person !== undefined && (
        <Confirm
          isOpen={asksRemoval}
          title={t('remove.title', { name: person.name })}
          text={t('remove.text')}
          action={t('app:action.remove')}
          isBusy={remove.isPending}
          onClose={() => setAsksRemoval(false)}
          onConfirm={() => remove.mutate({ params: { id: person.id } }, { onSettled: () => setAsksRemoval(false) })}
        />
      )}
    </form>
  );
}
