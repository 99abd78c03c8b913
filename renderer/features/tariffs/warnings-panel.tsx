import { Anchor, Badge, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeckWarning } from '../../../core/api/contract.ts';
import { useRead } from '../../query-client.ts';
import type { DraftContent } from './rate-edits.ts';
import { useCounted } from './use-counted.ts';

interface WarningsPanelProps {
  readonly versionId: number;
  readonly content: DraftContent;
  readonly isSaved: boolean;
  readonly onShow: (rowId: number) => void;
}

/** What a careful person would look at, as the version was saved. */
export function WarningsPanel({ versionId, content, isSaved, onShow }: WarningsPanelProps) {
  const { t } = useTranslation('tariffs');
  const checks = useRead('checkTariffVersion', { params: { id: versionId } }, { staleTime: 0 });
  if (checks.data === undefined) return checks.isPending ? <Skeleton height={120} mt="md" /> : null;
  return (
    <Stack gap="md" mt="md">
      <Text size="sm" c="dimmed">
        {t(checks.data.length === 0 ? 'checks.none' : 'checks.text')} {!isSaved && t('version.saveFirst')}
      </Text>
      {checks.data.map((warning) => (
        <Warning key={warning.check} warning={warning} content={content} onShow={onShow} />
      ))}
    </Stack>
  );
}

interface WarningProps {
  readonly warning: DeckWarning;
  readonly content: DraftContent;
  readonly onShow: (rowId: number) => void;
}

function Warning({ warning, content, onShow }: WarningProps) {
  const { t } = useTranslation('tariffs');
  const counted = useCounted();
  const idOf = ({ prefix, name }: DeckWarning['rows'][number]): number | undefined => {
    const same = content.rows.filter(({ rate }) => rate.prefix === prefix);
    return (same.find(({ rate }) => rate.name === name || rate.nameVi === name) ?? same[0])?.id;
  };
  return (
    <Paper p="md" component="section" aria-label={warning.title}>
      <Group gap="xs">
        <Title order={2} size="h3">
          {warning.title}
        </Title>
        <Badge color="orange" size="sm">
          {t('checks.rows', counted(warning.count))}
        </Badge>
      </Group>
      <table className="tb-table">
        <tbody>
          {warning.rows.map((row, at) => {
            const id = idOf(row);
            const prefix = row.prefix === '' ? t('rate.anyPrefix') : row.prefix;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: one prefix may be there several times
              <tr key={at}>
                <td className="tb-num">
                  {id === undefined ? (
                    prefix
                  ) : (
                    <Anchor component="button" type="button" size="sm" onClick={() => onShow(id)}>
                      {prefix}
                    </Anchor>
                  )}
                </td>
                <td>{row.name}</td>
                <td className="tb-wrap">{row.text}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Paper>
  );
}
