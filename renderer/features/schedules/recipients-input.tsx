import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ROLES } from '../../../core/model/access.ts';
import { useRead } from '../../query-client.ts';
import { recipientKey, type ScheduleDraft } from './schedule-draft.ts';

type Known = ScheduleDraft['recipients'][number];

interface RecipientsInputProps {
  readonly value: readonly Known[];
  readonly error: string | undefined;
  readonly onChange: (recipients: readonly Known[]) => void;
}

interface Choice {
  readonly recipient: Known;
  readonly label: string;
}

/** Users, roles, managers of departments and people, in one list that is found by typing. */
export function RecipientsInput({ value, error, onChange }: RecipientsInputProps) {
  const { t } = useTranslation('schedules');
  const users = useRead('listRecipients');
  const people = useRead('listPeople', { query: {} });
  const departments = useRead('listDepartments');
  const unreachable = (name: string, hasAddress: boolean): string =>
    hasAddress ? name : `${name} ${t('form.noAddress')}`;
  const groups: readonly { group: string; choices: readonly Choice[] }[] = [
    {
      group: t('form.group.role'),
      choices: ROLES.map((role) => ({
        recipient: { kind: 'role', role },
        label: t('form.everyRole', { role: t(`role.${role}`) }),
      })),
    },
    {
      group: t('form.group.user'),
      choices: (users.data ?? []).map(({ id, name, hasAddress }) => ({
        recipient: { kind: 'user', userId: id },
        label: unreachable(name, hasAddress),
      })),
    },
    {
      group: t('form.group.manager'),
      choices: (departments.data ?? []).map(({ id, name }) => ({
        recipient: { kind: 'manager', departmentId: id },
        label: `${t('form.group.manager')}: ${name}`,
      })),
    },
    {
      group: t('form.group.person'),
      choices: (people.data ?? []).map(({ id, name, email }) => ({
        recipient: { kind: 'person', personId: id },
        label: unreachable(name, (email ?? '') !== ''),
      })),
    },
  ];
  const byKey = new Map(
    groups.flatMap(({ choices }) => choices.map((one) => [recipientKey(one.recipient), one.recipient])),
  );
  return (
    <MultiSelect
      searchable
      limit={80}
      label={t('form.recipients')}
      description={t('form.recipientsHelp')}
      error={error}
      data={groups
        .filter(({ choices }) => choices.length > 0)
        .map(({ group, choices }) => ({
          group,
          items: choices.map(({ recipient, label }) => ({ value: recipientKey(recipient), label })),
        }))}
      value={value.map(recipientKey)}
      onChange={(keys) =>
        onChange(keys.flatMap((key) => byKey.get(key) ?? value.find((one) => recipientKey(one) === key) ?? []))
      }
    />
  );
}
