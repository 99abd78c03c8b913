import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconList, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { TariffVersion } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { ExportItems } from './export-items.tsx';
import { addressOf } from './tariff-words.ts';
import { useFromText } from './use-from-text.ts';

/** The tariff's other versions, files of this one, and the end of a draft. */
export function VersionMenu({ version }: { readonly version: TariffVersion }) {
  const { t } = useTranslation('tariffs');
  const navigate = useNavigate();
  const fromText = useFromText();
  const [asksRemoval, setAsksRemoval] = useState(false);
  const tariff = useRead('listTariffs').data?.find(({ id }) => id === version.tariffId);
  const remove = useWrite('removeTariffDraft', {
    refresh: ['listTariffs'],
    onDone: () => void navigate('/tariffs'),
  });
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('list.menu', { name: version.tariffName })}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('version.all')}</Menu.Label>
          {(tariff?.versions ?? []).map((other) => (
            <Menu.Item
              key={other.id}
              component={Link}
              to={addressOf(other)}
              leftSection={<IconList size={16} stroke={1.6} />}
              disabled={other.id === version.id}
            >
              {t('list.version', { number: other.number })},{' '}
              {other.state === 'draft' ? t('version.draft') : fromText(other.effectiveFrom)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <ExportItems versionId={version.id} />
          {version.state === 'draft' && (
            <>
              <Menu.Divider />
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} stroke={1.6} />}
                onClick={() => setAsksRemoval(true)}
              >
                {t('action.removeDraft')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        isOpen={asksRemoval}
        title={t('removeDraftAsk.title')}
        text={t('removeDraftAsk.text', { number: version.number })}
        action={t('action.removeDraft')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ params: { id: version.id } })}
        onClose={() => setAsksRemoval(false)}
      />
    </>
  );
}
