/** All reports, with what each is for, and those that were saved. */
import { ActionIcon, Anchor, Badge, Group, Paper, SimpleGrid, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SavedReport } from '../../../core/api/contract.ts';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { REPORT_GROUPS } from './report-groups.ts';

export function ReportsPage() {
  const { t } = useTranslation('reports');
  const saved = useRead('listSavedReports');
  return (
    <Page title={t('page.title')} lead={t('page.lead')}>
      <Stack gap="lg">
        {saved.data !== undefined && saved.data.length > 0 && (
          <Section title={t('page.saved')}>
            <Stack gap={4}>
              {saved.data.map((report) => (
                <SavedLine key={report.id} report={report} />
              ))}
            </Stack>
          </Section>
        )}
        {REPORT_GROUPS.map(({ key, reports }) => (
          <section key={key} aria-label={t(`page.group.${key}`)}>
            <Title order={2} mb="xs">
              {t(`page.group.${key}`)}
            </Title>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
              {reports.map((id) => (
                <Paper key={id} p="md" component={Link} to={`/reports/${id}`} c="inherit" td="none">
                  <Text fw={600}>{t(`name.${id}`)}</Text>
                  <Text size="sm" c="dimmed">
                    {t(`purpose.${id}`)}
                  </Text>
                </Paper>
              ))}
            </SimpleGrid>
          </section>
        ))}
      </Stack>
    </Page>
  );
}

function SavedLine({ report }: { readonly report: SavedReport }) {
  const { t } = useTranslation('reports');
  const remove = useWrite('removeSavedReport', { refresh: ['listSavedReports'] });
  return (
    <Group justify="space-between" wrap="nowrap">
      <Group gap="xs">
        <Anchor component={Link} to={`/reports/${report.reportId}?${report.search}`}>
          {report.name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {t(`name.${report.reportId}`)}
        </Text>
        {report.sharedWith.length > 0 && (
          <Badge variant="light" color="gray">
            {report.isOwn ? t('page.shared') : t('page.sharedBy', { name: report.ownerName })}
          </Badge>
        )}
      </Group>
      {report.isOwn && (
        <Tooltip label={t('page.remove')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('page.removeNamed', { name: report.name })}
            loading={remove.isPending}
            onClick={() => remove.mutate({ params: { id: report.id } })}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}
