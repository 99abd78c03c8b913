/** One change for many people: what would happen is shown first, and one step takes all of it back. */
import { Alert, Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PeopleChange } from '../../../core/api/contract.ts';
import { DayInput } from '../../components/day-input.tsx';
import { DepartmentSelect } from '../../components/directory-selects.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { showDone } from '../../toasts.ts';

interface BulkDialogProps {
  readonly personIds: readonly number[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const REFRESH = ['listPeople', 'listDepartments', 'listCalls', 'countCalls', 'getMonth'] as const;
const NONE = 0;

interface Draft {
  readonly moves: boolean;
  readonly departmentId: number | null;
  readonly departmentFrom: string | null;
  readonly activeTo: string | null;
  readonly codesEndAt: string | null;
  readonly extensionsEndAt: string | null;
}

function changeOf(draft: Draft, personIds: readonly number[]): PeopleChange {
  const { moves, departmentId, departmentFrom, activeTo, codesEndAt, extensionsEndAt } = draft;
  return {
    personIds: [...personIds],
    ...(moves && { department: { id: departmentId === NONE ? null : departmentId, from: departmentFrom } }),
    ...(activeTo !== null && { activeTo }),
    ...(codesEndAt !== null && { codesEndAt }),
    ...(extensionsEndAt !== null && { extensionsEndAt }),
  };
}

export function BulkDialog({ personIds, onDone, onClose }: BulkDialogProps) {
  const { t } = useTranslation(['comfort', 'app']);
  const language = useLanguage();
  const today = useToday();
  const count = personIds.length;
  const [draft, setDraft] = useState<Draft>({
    moves: false,
    departmentId: null,
    departmentFrom: today,
    activeTo: null,
    codesEndAt: null,
    extensionsEndAt: null,
  });
  const preview = useWrite('previewPeopleChange', { showsErrors: true });
  const apply = useWrite('changePeople', {
    showsErrors: true,
    refresh: REFRESH,
    onDone: ({ people }) => {
      showDone(t('bulk.done', { count: people }));
      onDone();
    },
  });
  const set = (part: Partial<Draft>): void => {
    preview.reset();
    setDraft({ ...draft, ...part });
  };
  const body = changeOf(draft, personIds);
  const isEmpty = Object.keys(body).length === 1 || (draft.moves && draft.departmentId === null);
  const days = [
    { name: 'activeTo', label: t('bulk.activeTo') },
    { name: 'codesEndAt', label: t('bulk.codesEnd') },
    { name: 'extensionsEndAt', label: t('bulk.extensionsEnd') },
  ] as const;
  const effect = preview.data;
  return (
    <Modal opened onClose={onClose} size="md" title={t('bulk.title', { count })}>
      <Stack gap="sm">
        <Checkbox
          label={t('bulk.department')}
          checked={draft.moves}
          onChange={(event) => set({ moves: event.currentTarget.checked })}
        />
        {draft.moves && (
          <Group grow align="flex-end">
            <DepartmentSelect
              aria-label={t('bulk.department')}
              noneLabel={t('bulk.noDepartment')}
              value={draft.departmentId}
              onChange={(departmentId) => set({ departmentId })}
            />
            <DayInput
              clearable
              label={t('bulk.departmentFrom')}
              value={draft.departmentFrom}
              onChange={(departmentFrom) => set({ departmentFrom })}
            />
          </Group>
        )}
        {days.map(({ name, label }) => (
          <DayInput
            key={name}
            clearable
            label={label}
            placeholder={t('bulk.keep')}
            value={draft[name]}
            onChange={(day) => set({ [name]: day })}
          />
        ))}
        <FormFailure error={preview.error ?? apply.error} />
        {effect !== undefined && (
          <Alert role="status">
            {t('bulk.effect', {
              moved: formatCount(effect.moved, language),
              codes: formatCount(effect.endedCodes, language),
              extensions: formatCount(effect.endedExtensions, language),
            })}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app:action.cancel')}
          </Button>
          {effect === undefined ? (
            <Button disabled={isEmpty} loading={preview.isPending} onClick={() => preview.mutate({ body })}>
              {t('bulk.preview')}
            </Button>
          ) : (
            <Button loading={apply.isPending} onClick={() => apply.mutate({ body })}>
              {t('bulk.apply', { count })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
