/** A format file that was opened with the program: what is in it, before it goes to the editor. */
import { Button, Card, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { FormFailure } from '../../components/form-failure.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { keepImported } from '../format-editor/imported.ts';
import { ImportedFindings } from './imported-findings.tsx';

export function OpenedFormatPage() {
  const { t } = useTranslation('formats');
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const opened = useRead('getOpenedFormat', { params: { id } }, { staleTime: Number.POSITIVE_INFINITY });
  const { data } = opened;
  return (
    <Page
      title={t('opened.title')}
      lead={data?.fileName ?? ''}
      actions={
        <Button component={Link} to="/formats" variant="default">
          {t('opened.toFormats')}
        </Button>
      }
    >
      <FormFailure error={opened.error} />
      {opened.isPending && <Skeleton h={120} />}
      {data !== undefined && (
        <Card withBorder padding="lg" maw={760}>
          <Stack>
            {data.definition !== null && (
              <Text>{t('opened.holds', { vendor: data.definition.vendor, title: data.definition.title })}</Text>
            )}
            <ImportedFindings
              result={data}
              onOpen={() => {
                keepImported(data.definition ?? undefined);
                void navigate('/formats/editor');
              }}
            />
          </Stack>
        </Card>
      )}
    </Page>
  );
}
