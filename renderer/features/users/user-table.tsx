/** Everybody who may sign in. */
import { Badge, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../core/api/contract.ts';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { UserMenu } from './user-menu.tsx';

const STATE_COLOURS = { active: 'ledger', locked: 'orange', disabled: 'gray' } as const;
const MINUTE_S = 60;

interface UserTableProps {
  readonly users: readonly User[];
  readonly onEdit: (user: User) => void;
}

export function UserTable({ users, onEdit }: UserTableProps) {
  const { t } = useTranslation('access');
  const language = useLanguage();
  const departments = useRead('listDepartments');
  const names = new Map(departments.data?.map(({ id, name }) => [id, name]));
  const reachOf = ({ role, departmentIds, personName }: User): string => {
    if (role === 'manager') return departmentIds.map((id) => names.get(id) ?? '').join(', ');
    return role === 'employee' ? (personName ?? '') : '';
  };
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('users.name')}</Table.Th>
            <Table.Th>{t('users.login')}</Table.Th>
            <Table.Th>{t('users.role')}</Table.Th>
            <Table.Th>{t('users.state')}</Table.Th>
            <Table.Th>{t('users.lastSignIn')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map((user) => (
            <Table.Tr key={user.id}>
              <Table.Td>{user.name}</Table.Td>
              <Table.Td>
                {user.login}
                {user.origin === 'directory' && (
                  <Text size="xs" c="dimmed">
                    {t('origin.directory')}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                {t(`role.${user.role}`)}
                <Text size="xs" c="dimmed">
                  {reachOf(user)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Group gap={6}>
                  <Badge variant="light" color={STATE_COLOURS[user.state]}>
                    {t(`state.${user.state}`)}
                  </Badge>
                  {user.hasSecondFactor && <Badge variant="outline">{t('users.secondFactor')}</Badge>}
                </Group>
                {user.waitSeconds > 0 && (
                  <Text size="xs" c="orange.9">
                    {t('users.waits', { minutes: Math.ceil(user.waitSeconds / MINUTE_S) })}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                {user.signedInAtMs === null ? t('users.never') : formatInstant(user.signedInAtMs, language)}
              </Table.Td>
              <Table.Td ta="right">
                <UserMenu user={user} onEdit={() => onEdit(user)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
