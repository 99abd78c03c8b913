/** Views of a table by name: own ones, shared ones, and keeping the present one. */
import { ActionIcon, Button, Popover, Switch, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView, ViewPage } from '../../core/api/contract.ts';
import { useRead, useWrite } from '../query-client.ts';
import { showDone } from '../toasts.ts';

interface KeptView {
  readonly page: ViewPage;
  /** The filter now, as it is to be kept. */
  readonly search: string;
  readonly columns: readonly string[] | null;
}

interface ViewMenuProps extends KeptView {
  readonly onOpen: (view: SavedView) => void;
}

export function ViewMenu({ onOpen, ...kept }: ViewMenuProps) {
  const { t } = useTranslation('comfort');
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { data: views = [] } = useRead('listViews', { query: { page: kept.page } });
  const groups = [
    { key: 'own', views: views.filter(({ isOwn }) => isOwn) },
    { key: 'shared', views: views.filter(({ isOwn }) => !isOwn) },
  ] as const;
  const open = (view: SavedView): void => {
    close();
    onOpen(view);
  };
  return (
    <Popover opened={isOpen} onDismiss={close} position="bottom-end" width={310} trapFocus withArrow shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          px="sm"
          flex="none"
          leftSection={<IconBookmark size={16} stroke={1.6} />}
          onClick={toggle}
        >
          {t('views.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('views.button')}>
        {views.length === 0 && (
          <Text size="sm" c="dimmed" mb="xs">
            {t('views.none')}
          </Text>
        )}
        {groups.map(
          ({ key, views: listed }) =>
            listed.length > 0 && (
              <section key={key} aria-label={t(`views.${key}`)}>
                <Text size="xs" c="dimmed">
                  {t(`views.${key}`)}
                </Text>
                <ul className="tb-views">
                  {listed.map((view) => (
                    <ViewLine key={view.id} view={view} onOpen={open} />
                  ))}
                </ul>
              </section>
            ),
        )}
        <KeepView {...kept} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface ViewLineProps {
  readonly view: SavedView;
  readonly onOpen: (view: SavedView) => void;
}

function ViewLine({ view, onOpen }: ViewLineProps) {
  const { t } = useTranslation('comfort');
  const remove = useWrite('removeView', { refresh: ['listViews'] });
  return (
    <li>
      <UnstyledButton className="tb-tree-item" onClick={() => onOpen(view)}>
        <span className="tb-ellipsis">{view.name}</span>
        {!view.isOwn && view.ownerName !== '' && (
          <span className="tb-faint"> {t('views.by', { name: view.ownerName })}</span>
        )}
      </UnstyledButton>
      {view.isOwn && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('views.remove', { name: view.name })}
          loading={remove.isPending}
          onClick={() => remove.mutate({ params: { id: view.id } })}
        >
          <IconTrash size={15} stroke={1.6} />
        </ActionIcon>
      )}
    </li>
  );
}

function KeepView({ page, search, columns }: KeptView) {
  const { t } = useTranslation('comfort');
  const [name, setName] = useState('');
  const [isShared, setIsShared] = useState(false);
  const save = useWrite('saveView', {
    refresh: ['listViews'],
    onDone: () => {
      setName('');
      showDone(t('views.saved'));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = { page, name, search, columns: columns === null ? null : [...columns], isShared };
        save.mutate({ body });
      }}
    >
      <TextInput
        size="xs"
        label={t('views.name')}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Switch
        size="xs"
        my={8}
        label={t('views.share')}
        checked={isShared}
        onChange={(event) => setIsShared(event.currentTarget.checked)}
      />
      <Button type="submit" size="xs" fullWidth disabled={name.trim() === ''} loading={save.isPending}>
        {t('views.keep')}
      </Button>
    </form>
  );
}
