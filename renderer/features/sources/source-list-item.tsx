import { Badge, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/api/contract.ts';
import { SourceStateText } from './source-state.tsx';

interface SourceListItemProps {
  readonly source: Source;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

export function SourceListItem({ source, isChosen, onChoose }: SourceListItemProps) {
  const { t } = useTranslation('sources');
  return (
    <UnstyledButton
      className="tb-choice tb-source"
      data-chosen={isChosen || undefined}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <div className="tb-row tb-nowrap">
        <Text fw={600} truncate flex={1}>
          {source.name}
        </Text>
        {source.isDemo && <Badge size="sm">{t('demo.badge')}</Badge>}
        {source.status.isQuiet && (
          <Badge size="sm" color="yellow">
            {t('quietBadge')}
          </Badge>
        )}
      </div>
      <Text size="xs" c="dimmed" truncate>
        {t(`kind.${source.config.kind}.title`)} · {source.formatTitle}
      </Text>
      <div className="tb-row tb-nowrap">
        <SourceStateText source={source} />
      </div>
    </UnstyledButton>
  );
}
