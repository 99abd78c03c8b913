import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Department } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { idsBelow } from './departments.ts';

export interface DepartmentDraft {
  readonly id: number | undefined;
  readonly name: string;
  readonly code: string | null;
  readonly parentId: number | null;
}

interface DepartmentFormProps {
  readonly draft: DepartmentDraft | undefined;
  readonly departments: readonly Department[];
  readonly onClose: () => void;
}

export function DepartmentForm({ draft, departments, onClose }: DepartmentFormProps) {
  const { t } = useTranslation('people');
  return (
    <Modal
      opened={draft !== undefined}
      onClose={onClose}
      title={<Text fw={650}>{t(draft?.id === undefined ? 'departments.add' : 'departments.edit')}</Text>}
    >
      {draft !== undefined && (
        <Form key={draft.id ?? 'new'} start={draft} departments={departments} onClose={onClose} />
      )}
    </Modal>
  );
}

interface FormProps {
  readonly start: DepartmentDraft;
  readonly departments: readonly Department[];
  readonly onClose: () => void;
}

function Form({ start, departments, onClose }: FormProps) {
  const { t } = useTranslation(['people', 'app']);
  const [draft, setDraft] = useState(start);
  const onDone = (): void => {
    showDone(t('app:saved'));
    onClose();
  };
  const refresh = ['listDepartments', 'listPeople'] as const;
  const add = useWrite('addDepartment', { refresh, onDone, showsErrors: true });
  const change = useWrite('changeDepartment', { refresh, onDone, showsErrors: true });
  const error = add.error ?? change.error;
  const errors = useFieldErrors(error, draft);
  const below = draft.id === undefined ? new Set<number>() : idsBelow(departments, draft.id);
  const save = (): void => {
    const body = { name: draft.name, code: draft.code === '' ? null : draft.code, parentId: draft.parentId };
    if (draft.id === undefined) add.mutate({ body });
    else change.mutate({ params: { id: draft.id }, body });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack>
        <TextInput
          label={t('field.name')}
          data-autofocus
          value={draft.name}
          error={errors.at('name')}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <TextInput
          label={t('departments.code')}
          value={draft.code ?? ''}
          error={errors.at('code')}
          onChange={(event) => setDraft({ ...draft, code: event.currentTarget.value })}
        />
        <Select
          label={t('departments.parent')}
          placeholder={t('departments.noParent')}
          clearable
          searchable
          data={departments
            .filter((department) => !below.has(department.id))
            .map((department) => ({ value: String(department.id), label: department.name }))}
          value={draft.parentId === null ? null : String(draft.parentId)}
          onChange={(id) => setDraft({ ...draft, parentId: id === null ? null : Number(id) })}
        />
        <FormFailure error={error} />
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
  );
}
