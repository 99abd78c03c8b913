import { ActionIcon, Group, Menu, Text, Title, Tooltip, UnstyledButton } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Department } from '../../../core/api/contract.ts';
import { Count } from '../../components/values.tsx';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { useViewer } from '../../viewer.ts';
import { type DepartmentDraft, DepartmentForm } from './department-form.tsx';
import { type DepartmentNode, departmentTree } from './departments.ts';

interface DepartmentTreeProps {
  readonly departments: readonly Department[];
  readonly total: number;
  readonly chosenId: number | undefined;
  readonly onChoose: (id: number | undefined) => void;
}

export function DepartmentTree({ departments, total, chosenId, onChoose }: DepartmentTreeProps) {
  const { t } = useTranslation(['people', 'app']);
  const language = useLanguage();
  const mayChange = useViewer().may('change-people');
  const [draft, setDraft] = useState<DepartmentDraft>();
  const remove = useWrite('removeDepartment', {
    refresh: ['listDepartments'],
    onDone: () => {
      onChoose(undefined);
      showDone(t('app:removed'));
    },
  });

  const branch = (nodes: readonly DepartmentNode[], depth: number) =>
    nodes.map(({ department, children, total: below }) => (
      <li key={department.id}>
        <Group gap={0} wrap="nowrap" className="tb-tree-row">
          <UnstyledButton
            className="tb-tree-item"
            style={{ paddingLeft: 8 + depth * 14 }}
            data-chosen={department.id === chosenId || undefined}
            aria-pressed={department.id === chosenId}
            onClick={() => onChoose(department.id)}
          >
            <span className="tb-ellipsis">{department.name}</span>
            <Text span size="xs" c="dimmed" ml="auto">
              <Count value={below} />
            </Text>
          </UnstyledButton>
          {mayChange && (
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={t('departments.actions', { name: department.name })}
                >
                  <IconDots size={15} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setDraft({ ...department })}>{t('app:action.edit')}</Menu.Item>
                <Menu.Item onClick={() => setDraft({ id: undefined, name: '', code: null, parentId: department.id })}>
                  {t('departments.addBelow')}
                </Menu.Item>
                <Menu.Item color="red" onClick={() => remove.mutate({ params: { id: department.id } })}>
                  {t('app:action.remove')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
        {children.length > 0 && <ul className="tb-tree">{branch(children, depth + 1)}</ul>}
      </li>
    ));

  return (
    <>
      <Group justify="space-between" px={8} py={4}>
        <Title order={2} size="h3">
          {t('departments.label')}
        </Title>
        {mayChange && (
          <Tooltip label={t('departments.add')}>
            <ActionIcon
              variant="subtle"
              aria-label={t('departments.add')}
              onClick={() => setDraft({ id: undefined, name: '', code: null, parentId: null })}
            >
              <IconPlus size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <ul className="tb-tree">
        <li>
          <UnstyledButton
            className="tb-tree-item"
            data-chosen={chosenId === undefined || undefined}
            aria-pressed={chosenId === undefined}
            onClick={() => onChoose(undefined)}
          >
            {t('departments.everyone')}
            <Text span size="xs" c="dimmed" ml="auto" mr={22}>
              <Count value={total} />
            </Text>
          </UnstyledButton>
        </li>
        {branch(departmentTree(departments, language), 0)}
      </ul>
      <DepartmentForm draft={draft} departments={departments} onClose={() => setDraft(undefined)} />
    </>
  );
}
