/** Rules and sending of alerts. */
import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { RulesForm } from './rules-form.tsx';
import { SendingForm } from './sending-form.tsx';

const TABS = ['rules', 'sending'] as const;

export function AlertSettingsPage() {
  const { t } = useTranslation('alerts');
  const [search, setSearch] = useSearchParams();
  const tab = TABS.find((value) => value === search.get('tab')) ?? 'rules';
  const rules = useRead('getAlertRules', undefined, { staleTime: 0 });
  const delivery = useRead('getAlertDelivery', undefined, { staleTime: 0 });
  return (
    <Page
      title={t('settings')}
      actions={
        <Button component={Link} to="/alerts" variant="default" leftSection={<IconArrowLeft size={16} stroke={1.6} />}>
          {t('back')}
        </Button>
      }
    >
      <SegmentedControl
        mb="sm"
        aria-label={t('settings')}
        value={tab}
        onChange={(value) => setSearch({ tab: value }, { replace: true })}
        data={TABS.map((value) => ({ value, label: t(`${value}.title`) }))}
      />
      {tab === 'rules' && (rules.data === undefined ? <Skeleton height={360} /> : <RulesForm rules={rules.data} />)}
      {tab === 'sending' &&
        (delivery.data === undefined ? <Skeleton height={360} /> : <SendingForm delivery={delivery.data} />)}
    </Page>
  );
}
