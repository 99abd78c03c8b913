/** People of the directory: looked at, then written. */
import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

const SHOWN_ROWS = 200;
const COLOURS = { add: 'teal', update: 'blue', same: 'gray', error: 'red' } as const;

export function DirectoryPeople({ isReady }: { readonly isReady: boolean }) {
  const { t } = useTranslation('access');
  const look = useWrite('previewDirectoryPeople', { showsErrors: true });
  const write = useWrite('confirmPeopleImport', {
    showsErrors: true,
    refresh: ['listPeople', 'listDepartments'],
    onDone: (done) => {
      showDone(t('directory.importDone', done));
      look.reset();
    },
  });
  const preview = look.data;
  const changes = preview === undefined ? 0 : preview.counts.add + preview.counts.update;
  return (
    <Section title={t('directory.import')} text={t('directory.importText')}>
      <Group>
        <Button variant="default" disabled={!isReady} loading={look.isPending} onClick={() => look.mutate({})}>
          {t('directory.importLook')}
        </Button>
        {preview !== undefined && changes > 0 && (
          <Button
            disabled={preview.counts.error > 0}
            loading={write.isPending}
            onClick={() => write.mutate({ params: { importId: preview.importId } })}
          >
            {t('directory.importWrite', { count: changes })}
          </Button>
        )}
      </Group>
      <FormFailure error={look.error ?? write.error} />
      {preview !== undefined && (
        <>
          <Text size="sm">{t('directory.importCounts', preview.counts)}</Text>
          {preview.counts.error > 0 && (
            <Text size="sm" c="red.9">
              {t('directory.importErrors')}
            </Text>
          )}
          <Table.ScrollContainer minWidth={640} mah={360}>
            <Table verticalSpacing={4} stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th aria-label={t('users.state')} />
                  <Table.Th>{t('directory.attribute.name')}</Table.Th>
                  <Table.Th>{t('directory.attribute.employeeNumber')}</Table.Th>
                  <Table.Th>{t('directory.attribute.email')}</Table.Th>
                  <Table.Th>{t('directory.attribute.department')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {preview.rows.slice(0, SHOWN_ROWS).map(({ rowNumber, values, action, errors }) => (
                  <Table.Tr key={rowNumber}>
                    <Table.Td>
                      <Badge variant="light" color={COLOURS[action]}>
                        {t(`directory.row.${action}`)}
                      </Badge>
                    </Table.Td>
                    <Table.Td>
                      {values['name']}
                      {errors.map(({ field, message }) => (
                        <Text key={field} size="xs" c="red.9">
                          {message}
                        </Text>
                      ))}
                    </Table.Td>
                    <Table.Td>{values['employeeNumber']}</Table.Td>
                    <Table.Td>{values['email']}</Table.Td>
                    <Table.Td>{values['department']}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
    </Section>
  );
}
