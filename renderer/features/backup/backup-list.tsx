import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup, Backups } from '../../../core/api/contract.ts';
import { urlOf } from '../../api.ts';
import { formatBytes, formatCount, formatInstant, formatLocalDateTime } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { RestoreDialog } from './restore-dialog.tsx';

export function BackupList({ data }: { readonly data: Backups }) {
  const { t } = useTranslation('backup');
  const [chosen, setChosen] = useState<Backup>();
  if (data.backups.length === 0) return <Text size="sm">{t('list.empty')}</Text>;
  return (
    <>
      <Table.ScrollContainer minWidth={760}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('list.madeAt')}</Table.Th>
              <Table.Th ta="right">{t('list.size')}</Table.Th>
              <Table.Th ta="right">{t('list.calls')}</Table.Th>
              <Table.Th>{t('list.newest')}</Table.Th>
              <Table.Th ta="right">{t('list.people')}</Table.Th>
              <Table.Th>{t('list.program')}</Table.Th>
              <Table.Th ta="right">{t('list.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.backups.map((backup) => (
              <BackupRow
                key={backup.fileName}
                backup={backup}
                isBusy={data.running !== null}
                onRestore={() => setChosen(backup)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {chosen !== undefined && (
        <RestoreDialog backup={chosen} restartsItself={data.restartsItself} onClose={() => setChosen(undefined)} />
      )}
    </>
  );
}

interface BackupRowProps {
  readonly backup: Backup;
  readonly isBusy: boolean;
  readonly onRestore: () => void;
}

function BackupRow({ backup, isBusy, onRestore }: BackupRowProps) {
  const { t } = useTranslation('backup');
  const language = useLanguage();
  const check = useWrite('checkBackup', { refresh: ['getBackups'] });
  const { fileName, holds } = backup;
  const made = formatInstant(backup.madeAtMs, language);
  return (
    <Table.Tr>
      <Table.Td className="tb-num" title={fileName}>
        {made}
      </Table.Td>
      <Table.Td ta="right" className="tb-num">
        {formatBytes(backup.bytes, language)}
      </Table.Td>
      {holds === null ? (
        <Table.Td colSpan={4}>
          <Badge color="red">{t('list.unreadable')}</Badge>
        </Table.Td>
      ) : (
        <>
          <Table.Td ta="right" className="tb-num">
            {formatCount(holds.calls, language)}
          </Table.Td>
          <Table.Td className="tb-num">
            {holds.newestCallLocal === null ? '' : formatLocalDateTime(holds.newestCallLocal)}
          </Table.Td>
          <Table.Td ta="right" className="tb-num">
            {formatCount(holds.people, language)}
          </Table.Td>
          <Table.Td>
            {holds.program} {holds.hasKey && <Badge color="gray">{t('list.hasKey')}</Badge>}
          </Table.Td>
        </>
      )}
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button
            size="compact-xs"
            variant="default"
            disabled={isBusy}
            loading={check.isPending}
            aria-label={`${t('list.check')}: ${made}`}
            onClick={() => check.mutate({ body: { fileName } })}
          >
            {t('list.check')}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            component="a"
            href={urlOf('downloadBackup', { query: { fileName } })}
            download
            aria-label={`${t('list.download')}: ${made}`}
          >
            {t('list.download')}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            disabled={isBusy || holds === null}
            aria-label={`${t('list.restore')}: ${made}`}
            onClick={onRestore}
          >
            {t('list.restore')}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
