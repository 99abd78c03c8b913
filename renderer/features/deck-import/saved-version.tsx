import { Button, Group } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TariffVersion } from '../../../core/api/contract.ts';
import { EmptyState } from '../../components/empty-state.tsx';

interface SavedVersionProps {
  readonly version: TariffVersion;
  readonly onAgain: () => void;
}

export function SavedVersion({ version, onAgain }: SavedVersionProps) {
  const { t } = useTranslation('deck');
  return (
    <EmptyState
      icon={IconCircleCheck}
      title={t('import.save.done', { number: version.number, name: version.tariffName })}
      text={t(version.state === 'draft' ? 'import.save.draftText' : 'import.save.publishText')}
    >
      <Group>
        <Button component={Link} to={`/tariffs/${version.tariffId}/versions/${version.id}`}>
          {t('import.save.open')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('import.save.again')}
        </Button>
      </Group>
    </EmptyState>
  );
}
