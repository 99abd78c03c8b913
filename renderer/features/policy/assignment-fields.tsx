/** Which right a code, a person, a department or everyone has. */
import { ActionIcon, Select, Table, TextInput, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../components/day-input.tsx';
import { DepartmentSelect, PersonSelect } from '../../components/directory-selects.tsx';
import { dayAfter, dayBefore } from '../../site-day.ts';
import { type AssignmentDraft, holderOf, type RightDraft } from './policy-draft.ts';

const KINDS = ['everyone', 'department', 'person', 'code'] as const;

interface AssignmentFieldsProps {
  readonly rows: readonly AssignmentDraft[];
  readonly rights: readonly RightDraft[];
  readonly isTried: boolean;
  readonly errorAt: (path: string) => string | undefined;
  readonly onChange: (rows: readonly AssignmentDraft[]) => void;
}

export function AssignmentFields({ rows, rights, isTried, errorAt, onChange }: AssignmentFieldsProps) {
  const { t } = useTranslation('policy');
  if (rows.length === 0) return null;
  return (
    <Table className="tb-form-table" withRowBorders={false} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={170}>{t('editor.holder')}</Table.Th>
          <Table.Th>
            <VisuallyHidden>{t('editor.code')}</VisuallyHidden>
          </Table.Th>
          <Table.Th w={200}>{t('editor.right')}</Table.Th>
          <Table.Th w={170}>{t('editor.rowFrom')}</Table.Th>
          <Table.Th w={170}>{t('editor.rowTo')}</Table.Th>
          <Table.Th w={40}>
            <VisuallyHidden>{t('editor.removeAssignment')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row, i) => (
          <Row
            key={row.id}
            row={row}
            rights={rights}
            isTried={isTried}
            errorAt={(path) => errorAt(`${i}.${path}`)}
            onChange={(next) => onChange(rows.map((one) => (one.id === row.id ? next : one)))}
            onRemove={() => onChange(rows.filter((one) => one.id !== row.id))}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface RowProps {
  readonly row: AssignmentDraft;
  readonly rights: readonly RightDraft[];
  readonly isTried: boolean;
  readonly errorAt: (path: string) => string | undefined;
  readonly onChange: (row: AssignmentDraft) => void;
  readonly onRemove: () => void;
}

function Row({ row, rights, isTried, errorAt, onChange, onRemove }: RowProps) {
  const { t } = useTranslation('policy');
  const error = errorAt('holder') ?? (isTried && holderOf(row) === undefined ? t('editor.code') : undefined);
  return (
    <Table.Tr>
      <Table.Td>
        <Select
          aria-label={t('editor.holder')}
          allowDeselect={false}
          data={KINDS.map((kind) => ({ value: kind, label: t(`holder.${kind}`) }))}
          value={row.kind}
          onChange={(chosen) => onChange({ ...row, kind: KINDS.find((kind) => kind === chosen) ?? 'everyone' })}
        />
      </Table.Td>
      <Table.Td>
        {row.kind === 'code' && (
          <TextInput
            aria-label={t('editor.code')}
            placeholder={t('editor.code')}
            autoComplete="off"
            value={row.code}
            error={error}
            onChange={(event) => onChange({ ...row, code: event.currentTarget.value })}
          />
        )}
        {row.kind === 'person' && (
          <PersonSelect
            aria-label={t('holder.person')}
            placeholder={t('holder.person')}
            value={row.personId}
            error={isTried && row.personId === null}
            onChange={(personId) => onChange({ ...row, personId })}
          />
        )}
        {row.kind === 'department' && (
          <DepartmentSelect
            aria-label={t('holder.department')}
            placeholder={t('holder.department')}
            value={row.departmentId}
            error={isTried && row.departmentId === null}
            onChange={(departmentId) => onChange({ ...row, departmentId })}
          />
        )}
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={t('editor.right')}
          allowDeselect={false}
          data={rights.map(({ id, name }) => ({ value: id, label: name === '' ? '…' : name }))}
          value={row.rightId}
          error={errorAt('rightId')}
          onChange={(rightId) => rightId !== null && onChange({ ...row, rightId })}
        />
      </Table.Td>
      <Table.Td>
        <DayInput
          aria-label={t('editor.rowFrom')}
          value={row.validFrom}
          onChange={(validFrom) => onChange({ ...row, validFrom })}
        />
      </Table.Td>
      <Table.Td>
        <DayInput
          aria-label={t('editor.rowTo')}
          value={row.validTo === null ? null : dayBefore(row.validTo)}
          error={errorAt('validTo')}
          onChange={(day) => onChange({ ...row, validTo: day === null ? null : dayAfter(day) })}
        />
      </Table.Td>
      <Table.Td>
        <Tooltip label={t('editor.removeAssignment')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('editor.removeAssignment')} onClick={onRemove}>
            <IconTrash size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  );
}
