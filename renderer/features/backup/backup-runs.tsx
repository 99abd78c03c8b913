import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Backups } from '../../../core/api/contract.ts';
import { formatBytes, formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';

export function BackupRuns({ runs }: Pick<Backups, 'runs'>) {
  const { t } = useTranslation('backup');
  const language = useLanguage();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('runs.startedAt')}</Table.Th>
            <Table.Th>{t('runs.result')}</Table.Th>
            <Table.Th ta="right">{t('list.size')}</Table.Th>
            <Table.Th>{t('state.folder')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <Table.Tr key={run.startedAtMs}>
              <Table.Td className="tb-num">{formatInstant(run.startedAtMs, language)}</Table.Td>
              <Table.Td>
                {t(`runs.${run.result}`)}, {t(run.isScheduled ? 'runs.scheduled' : 'runs.byHand')}
                {run.problem !== null && (
                  <Text size="xs" c="red.9">
                    {run.problem.title}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right" className="tb-num">
                {run.bytes === null ? '' : formatBytes(run.bytes, language)}
              </Table.Td>
              <Table.Td className="tb-path">{run.path}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
