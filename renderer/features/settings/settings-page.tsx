/** What holds for the whole site. */
import { Alert, Anchor, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../components/page.tsx';
import { useShownField } from '../../components/use-shown-field.ts';
import { useRead } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';
import { RetentionSection } from '../privacy/retention-section.tsx';
import { About } from './about.tsx';
import { LetterheadSection } from './letterhead.tsx';
import { SettingsForm } from './settings-form.tsx';
import { Tariffs } from './tariffs.tsx';
import { WorkbookSection } from './workbook-section.tsx';

export function SettingsPage() {
  const { t } = useTranslation('settings');
  const settings = useRead('getSettings');
  const viewer = useViewer();
  useShownField(settings.data !== undefined);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Stack gap="md" maw={900}>
        {settings.data?.isWizardDone === false && (
          <Alert>
            {t('wizardOpen')}{' '}
            <Anchor component={Link} to="/start" underline="always" inherit>
              {t('wizardLink')}
            </Anchor>
          </Alert>
        )}
        {settings.data === undefined ? <Skeleton height={480} /> : <SettingsForm settings={settings.data} />}
        <Tariffs />
        {viewer.may('administer') && <LetterheadSection />}
        {viewer.may('administer') && <WorkbookSection />}
        {viewer.may('administer') && <RetentionSection />}
        <About />
      </Stack>
    </Page>
  );
}
