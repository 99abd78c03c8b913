/**
 * Pricing stored calls again, and comparing prices. Other pages lead here with the form filled in:
 * - `/tariffs/rerate?from=YYYY-MM-DD&to=YYYY-MM-DD[&tariff=ID]`: the days (and the tariff) of a re-rate, for example from the
 *   first day of a version that was published with a day in the past.
 * - `/tariffs/rerate?id=ID`: one re-rate of before.
 * - `/tariffs/compare` or `?tab=compare`, with `month=YYYY-MM` or `from` and `to`, and `version=ID` or `tariff=ID`: a
 *   comparison with that version for its tariff's own calls, or with that tariff for all calls.
 */
import { Button, Tabs } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Page } from '../../components/page.tsx';
import { CompareSection } from './compare-section.tsx';
import { RerateSection } from './rerate-section.tsx';

const TABS = ['rerate', 'compare'] as const;
type Tab = (typeof TABS)[number];

export function RerateTab() {
  const [search] = useSearchParams();
  const asksToCompare = search.get('tab') === 'compare' || search.has('month') || search.has('version');
  return <PricesPage tab={asksToCompare ? 'compare' : 'rerate'} />;
}

export function CompareTab() {
  return <PricesPage tab="compare" />;
}

function PricesPage({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('rerate');
  const navigate = useNavigate();
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button component={Link} to="/tariffs" variant="default" leftSection={<IconArrowLeft size={16} stroke={1.6} />}>
          {t('back')}
        </Button>
      }
    >
      <Tabs value={tab} onChange={(next) => void navigate(`/tariffs/${next ?? 'rerate'}`)} keepMounted={false}>
        <Tabs.List mb="md">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="rerate">
          <RerateSection />
        </Tabs.Panel>
        <Tabs.Panel value="compare">
          <CompareSection />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
