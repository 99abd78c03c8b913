/** Sessions with a button that ends each. */
import { Badge, Button, Group, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SessionEntry } from '../../../core/api/contract.ts';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { browserName } from './browser-name.ts';

interface SessionTableProps {
  readonly sessions: readonly SessionEntry[];
  readonly showsUser: boolean;
  readonly isBusy: boolean;
  readonly onEnd: (id: number) => void;
}

export function SessionTable({ sessions, showsUser, isBusy, onEnd }: SessionTableProps) {
  const { t } = useTranslation('access');
  const language = useLanguage();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {showsUser && <Table.Th>{t('session.user')}</Table.Th>}
            <Table.Th>{t('session.browser')}</Table.Th>
            <Table.Th>{t('session.address')}</Table.Th>
            <Table.Th>{t('session.since')}</Table.Th>
            <Table.Th>{t('session.seen')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map(({ id, userId, name, browser, address, createdAtMs, seenAtMs, isThis }) => {
            const shownName = userId === null ? t('session.owner') : name;
            const shownBrowser = browserName(browser) ?? t('session.unknownBrowser');
            return (
              <Table.Tr key={id}>
                {showsUser && <Table.Td>{shownName}</Table.Td>}
                <Table.Td>
                  <Group gap={6}>
                    {shownBrowser}
                    {isThis && <Badge size="sm">{t('session.this')}</Badge>}
                  </Group>
                </Table.Td>
                <Table.Td>{address}</Table.Td>
                <Table.Td>{formatInstant(createdAtMs, language)}</Table.Td>
                <Table.Td>{formatInstant(seenAtMs, language)}</Table.Td>
                <Table.Td ta="right">
                  {!isThis && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      disabled={isBusy}
                      aria-label={t('session.endLabel', { name: shownName, browser: shownBrowser })}
                      onClick={() => onEnd(id)}
                    >
                      {t('session.end')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
