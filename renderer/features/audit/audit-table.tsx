/** Entries of the audit trail, newest first; each with its fields before and after. */
import { Badge, Button, Group, Paper, Table, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry, AuditFilter } from '../../../core/api/contract.ts';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';

interface AuditTableProps {
  readonly filter: AuditFilter;
  readonly before?: number;
}

const SHOWN_AT_ONCE = 5;

export function AuditTable({ filter, before }: AuditTableProps) {
  const { t } = useTranslation('audit');
  const [isOlderOpen, setIsOlderOpen] = useState(false);
  const query = before === undefined ? filter : { ...filter, before };
  const page = useRead('listAudit', { query }, { placeholderData: keepPreviousData });
  const entries = page.data?.entries ?? [];
  const oldest = entries.at(-1);
  return (
    <>
      <Paper withBorder style={{ overflowX: 'auto' }}>
        <Table verticalSpacing="xs" aria-label={t('title')} style={{ minWidth: 860 }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={170}>{t('column.at')}</Table.Th>
              <Table.Th w={180}>{t('column.who')}</Table.Th>
              <Table.Th w={240}>{t('column.action')}</Table.Th>
              <Table.Th>
                {t('column.before')} → {t('column.after')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      {page.data?.hasMore === true &&
        oldest !== undefined &&
        (isOlderOpen ? (
          <AuditTable filter={filter} before={oldest.id} />
        ) : (
          <Group justify="center" mt="md">
            <Button variant="default" onClick={() => setIsOlderOpen(true)}>
              {t('more')}
            </Button>
          </Group>
        ))}
    </>
  );
}

function EntryRow({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation('audit');
  const language = useLanguage();
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td className="tb-num">{formatInstant(entry.atMs, language)}</Table.Td>
      <Table.Td>{entry.who}</Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {entry.action}
        </Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {entry.name === '' ? entry.what : `${entry.what}: ${entry.name}`}
        </Text>
        {entry.reason !== '' && <Text size="sm">{t('reason', { reason: entry.reason })}</Text>}
      </Table.Td>
      <Table.Td>
        <Changes changes={entry.changes} />
      </Table.Td>
    </Table.Tr>
  );
}

function Changes({ changes }: Pick<AuditEntry, 'changes'>) {
  const { t } = useTranslation('audit');
  const [isOpen, setIsOpen] = useState(false);
  const shown = isOpen ? changes : changes.slice(0, SHOWN_AT_ONCE);
  return (
    <>
      {shown.map(({ field, before, after }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields of one entry never change, and two may be called the same.
        <Group key={at} gap={6} wrap="wrap">
          <Text size="sm" c="dimmed">
            {field}
          </Text>
          {before !== null && (
            <Text size="sm" td="line-through" style={{ overflowWrap: 'anywhere' }}>
              {before}
            </Text>
          )}
          {before !== null && <IconArrowRight size={14} aria-hidden />}
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {after ?? t('nothing')}
          </Text>
        </Group>
      ))}
      {changes.length > shown.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setIsOpen(true)}>
          <Badge component="span" variant="light" size="sm">
            {t('changes', { count: changes.length })}
          </Badge>
        </Button>
      )}
    </>
  );
}
