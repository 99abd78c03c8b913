import { Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconCalculator, IconDeviceFloppy, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { TariffVersion } from '../../../core/api/contract.ts';
import { useWrite } from '../../query-client.ts';
import { addressOf } from './tariff-words.ts';
import { VersionMenu } from './version-menu.tsx';

interface VersionToolbarProps {
  readonly version: TariffVersion;
  readonly isClean: boolean;
  readonly isSaving: boolean;
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
  readonly onSave: () => void;
  readonly onPublish: () => void;
}

/** What can be done with a version: a draft is saved and published, a published one is copied. */
export function VersionToolbar(props: VersionToolbarProps) {
  const { version } = props;
  const { t } = useTranslation('tariffs');
  const navigate = useNavigate();
  const copy = useWrite('addTariffDraft', {
    refresh: ['listTariffs'],
    onDone: (made) => void navigate(addressOf(made)),
  });
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        component={Link}
        to={`/tariffs/test?version=${version.id}`}
        variant="default"
        leftSection={<IconCalculator size={16} stroke={1.6} />}
      >
        {t('testCall')}
      </Button>
      {version.state === 'published' ? (
        <Button
          loading={copy.isPending}
          onClick={() => copy.mutate({ params: { id: version.tariffId }, body: { fromVersionId: version.id } })}
        >
          {t('version.makeNew')}
        </Button>
      ) : (
        <DraftButtons {...props} />
      )}
      <VersionMenu version={version} />
    </Group>
  );
}

function DraftButtons({ isClean, isSaving, undo, redo, onSave, onPublish }: VersionToolbarProps) {
  const { t } = useTranslation('tariffs');
  return (
    <>
      <Button
        variant="default"
        px={10}
        disabled={undo === undefined}
        aria-label={t('version.undo')}
        title={`${t('version.undo')} (Ctrl Z)`}
        onClick={undo}
      >
        <IconArrowBackUp size={16} stroke={1.6} />
      </Button>
      <Button
        variant="default"
        px={10}
        disabled={redo === undefined}
        aria-label={t('version.redo')}
        title={`${t('version.redo')} (Ctrl Y)`}
        onClick={redo}
      >
        <IconArrowForwardUp size={16} stroke={1.6} />
      </Button>
      <Button
        variant="default"
        disabled={isClean}
        loading={isSaving}
        leftSection={<IconDeviceFloppy size={16} stroke={1.6} />}
        onClick={onSave}
      >
        {t('version.save')}
      </Button>
      <Button leftSection={<IconSend size={16} stroke={1.6} />} onClick={onPublish}>
        {t('version.publish')}
      </Button>
    </>
  );
}
