import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/api/contract.ts';
import { useRead } from '../../query-client.ts';
import { FileImports } from '../sources/file-imports.tsx';
import { HostKey } from '../sources/host-key.tsx';
import { RawLines } from '../sources/raw-lines.tsx';
import { SourceStateText } from '../sources/source-state.tsx';
import { StepFrame } from './step-frame.tsx';

interface SourceStepProps {
  readonly source: Source;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

export function LinesStep({ source, onBack, onNext }: SourceStepProps) {
  const { t } = useTranslation('wizard');
  const lines = useRead('listRawLines', { params: { id: source.id } });
  const count = lines.data?.length ?? 0;
  const isFile = source.config.kind === 'file-import';
  return (
    <StepFrame
      title={t('lines.title')}
      text={t(isFile ? 'lines.fileText' : 'lines.text')}
      onBack={onBack}
      onNext={onNext}
      nextLabel={t(count === 0 ? 'lines.skip' : 'lines.next')}
    >
      <Stack gap="sm">
        {isFile && <FileImports sourceId={source.id} />}
        <Group gap={8}>
          <SourceStateText source={source} />
          <Text size="sm" c="dimmed" ml="auto" className="tb-num">
            {t('lines.count', { count })}
          </Text>
        </Group>
        {source.status.problem !== null && (
          <Alert color="red" icon={<IconAlertTriangle size={18} />}>
            {source.status.problem.title}
          </Alert>
        )}
        <HostKey source={source} />
        <RawLines sourceId={source.id} height={isFile ? '220px' : '340px'} />
      </Stack>
    </StepFrame>
  );
}
