/** Adding or changing one user. */
import {
  Button,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User, UserInput } from '../../../core/api/contract.ts';
import { ROLES, type Role } from '../../../core/model/access.ts';
import { PersonSelect } from '../../components/directory-selects.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { inputOf, NEW_USER, withRole } from './user-draft.ts';

interface UserFormProps {
  /** Absent: a new one. */
  readonly user: User | undefined;
  readonly firstRole: Role;
  readonly onClose: () => void;
}

const STATES = ['active', 'locked', 'disabled'] as const;
const STALE = ['listUsers', 'listSessions', 'getNetwork'] as const;

export function UserForm({ user, firstRole, onClose }: UserFormProps) {
  const { t } = useTranslation(['access', 'app']);
  const [draft, setDraft] = useState<UserInput>(() =>
    user === undefined ? withRole(NEW_USER, firstRole) : inputOf(user),
  );
  const [password, setPassword] = useState('');
  const departments = useRead('listDepartments');
  const add = useWrite('addUser', {
    showsErrors: true,
    refresh: STALE,
    onDone: ({ name }) => {
      showDone(t('users.added', { name }));
      onClose();
    },
  });
  const change = useWrite('changeUser', {
    showsErrors: true,
    refresh: STALE,
    onDone: () => {
      showDone(t('app:saved'));
      onClose();
    },
  });
  const error = add.error ?? change.error;
  const errors = useFieldErrors(error, { ...draft, password });
  const set = (part: Partial<UserInput>): void => setDraft({ ...draft, ...part });
  const isOfDirectory = user?.origin === 'directory';

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={
        <Text fw={650}>{user === undefined ? t('users.addTitle') : t('users.editTitle', { name: user.name })}</Text>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (user === undefined) add.mutate({ body: { ...draft, password } });
          else change.mutate({ params: { id: user.id }, body: draft });
        }}
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              required
              data-autofocus
              label={t('users.name')}
              maxLength={100}
              autoComplete="off"
              value={draft.name}
              error={errors.at('name')}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <TextInput
              required
              disabled={isOfDirectory}
              label={t('users.login')}
              maxLength={100}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={draft.login}
              error={errors.at('login')}
              onChange={(event) => set({ login: event.currentTarget.value })}
            />
          </SimpleGrid>
          <Select
            allowDeselect={false}
            label={t('users.role')}
            description={t(`roleHelp.${draft.role}`)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={draft.role}
            onChange={(value) => setDraft(withRole(draft, ROLES.find((role) => role === value) ?? draft.role))}
          />
          {draft.role === 'manager' && (
            <MultiSelect
              searchable
              label={t('users.departments')}
              description={t(draft.departmentIds.length === 0 ? 'users.noDepartment' : 'users.departmentsHelp')}
              data={(departments.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
              value={draft.departmentIds.map(String)}
              onChange={(ids) => set({ departmentIds: ids.map(Number) })}
            />
          )}
          <PersonSelect
            label={t('users.person')}
            description={t(
              draft.role === 'employee' && draft.personId === null ? 'users.noPerson' : 'users.personHelp',
            )}
            value={draft.personId}
            error={errors.at('personId')}
            onChange={(personId) => set({ personId })}
          />
          <Checkbox
            label={t('users.seesNumbers')}
            description={draft.role === 'auditor' ? t('users.auditorNumbers') : undefined}
            disabled={draft.role === 'auditor'}
            checked={draft.seesNumbers}
            onChange={(event) => set({ seesNumbers: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('users.seesCodes')}
            checked={draft.seesCodes}
            onChange={(event) => set({ seesCodes: event.currentTarget.checked })}
          />
          {user === undefined ? (
            <PasswordInput
              required
              label={t('users.password')}
              description={t('users.passwordHelp')}
              autoComplete="new-password"
              value={password}
              error={errors.at('password')}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          ) : (
            <Select
              allowDeselect={false}
              label={t('users.state')}
              data={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
              value={draft.state}
              onChange={(value) => set({ state: STATES.find((state) => state === value) ?? draft.state })}
            />
          )}
          <FormFailure error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending || change.isPending}>
              {t(user === undefined ? 'app:action.add' : 'app:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
