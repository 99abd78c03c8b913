import { ActionIcon, Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconDots, IconDownload, IconFileImport, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Tariff, TariffVersion } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { ExportItems } from './export-items.tsx';
import { addressOf } from './tariff-words.ts';

interface TariffMenuProps {
  readonly tariff: Tariff;
  /** The version that is exported and copied: the present one where there is one. */
  readonly version: TariffVersion | undefined;
}

export function TariffMenu({ tariff, version }: TariffMenuProps) {
  const { t } = useTranslation(['tariffs', 'app']);
  const navigate = useNavigate();
  const [isRenaming, setIsRenaming] = useState(false);
  const [asksRemoval, setAsksRemoval] = useState(false);
  const draft = useWrite('addTariffDraft', {
    refresh: ['listTariffs'],
    onDone: (made) => void navigate(addressOf(made)),
  });
  const remove = useWrite('removeTariff', {
    refresh: ['listTariffs', 'getTariffChoices'],
    onDone: () => showDone(t('app:removed')),
  });
  return (
    <>
      <Menu position="bottom-end" width={270}>
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={t('list.menu', { name: tariff.name })}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPlus size={16} stroke={1.6} />}
            onClick={() =>
              draft.mutate({
                params: { id: tariff.id },
                body: version === undefined ? {} : { fromVersionId: version.id },
              })
            }
          >
            {t('action.newVersion')}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={`/tariffs/${tariff.id}/import`}
            leftSection={<IconFileImport size={16} stroke={1.6} />}
          >
            {t('action.importInto')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={() => setIsRenaming(true)}>
            {t('action.rename')}
          </Menu.Item>
          {version !== undefined && (
            <>
              <Menu.Divider />
              <Menu.Label>
                <Group gap={6}>
                  <IconDownload size={14} stroke={1.6} aria-hidden />
                  {t('list.version', { number: version.number })}
                </Group>
              </Menu.Label>
              <ExportItems versionId={version.id} />
            </>
          )}
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} stroke={1.6} />}
            onClick={() => setAsksRemoval(true)}
          >
            {t('action.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isRenaming && <RenameTariff tariff={tariff} onClose={() => setIsRenaming(false)} />}
      <Confirm
        isOpen={asksRemoval}
        title={t('removeAsk.title', { name: tariff.name })}
        text={t('removeAsk.text')}
        action={t('action.remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ params: { id: tariff.id } }, { onSettled: () => setAsksRemoval(false) })}
        onClose={() => setAsksRemoval(false)}
      />
    </>
  );
}

function RenameTariff({ tariff, onClose }: { readonly tariff: Tariff; readonly onClose: () => void }) {
  const { t } = useTranslation(['tariffs', 'app']);
  const [name, setName] = useState(tariff.name);
  const rename = useWrite('renameTariff', { refresh: ['listTariffs'], showsErrors: true, onDone: onClose });
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('action.rename')}</Text>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ params: { id: tariff.id }, body: { name } });
        }}
      >
        <Stack>
          <TextInput
            label={t('new.name')}
            required
            data-autofocus
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <FormFailure error={rename.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={rename.isPending}>
              {t('app:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
