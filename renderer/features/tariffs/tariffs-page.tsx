/** Tariffs, which call takes which, and the calendar of holidays they take their days from. */
import { Button, Stack, Tabs } from '@mantine/core';
import { IconArrowsDiff, IconCalculator, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Page } from '../../components/page.tsx';
import { ChoicesSection } from './choices-section.tsx';
import { HolidaysSection } from './holidays-section.tsx';
import { NewTariff } from './new-tariff.tsx';
import { PbxCostSection } from './pbx-cost-section.tsx';
import { TariffList } from './tariff-list.tsx';

const TABS = ['list', 'choices', 'holidays'] as const;

export function TariffsPage() {
  const { t } = useTranslation('tariffs');
  const [search, setSearch] = useSearchParams();
  const [isAdding, setIsAdding] = useState(false);
  const tab = TABS.find((known) => known === search.get('tab')) ?? 'list';
  const newButton = (
    <Button variant="default" leftSection={<IconPlus size={16} stroke={1.6} />} onClick={() => setIsAdding(true)}>
      {t('new.button')}
    </Button>
  );
  const importButton = (
    <Button component={Link} to="/tariffs/import" leftSection={<IconFileImport size={16} stroke={1.6} />}>
      {t('importDeck')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <Button
            component={Link}
            to="/tariffs/test"
            variant="default"
            leftSection={<IconCalculator size={16} stroke={1.6} />}
          >
            {t('testCall')}
          </Button>
          <Button
            component={Link}
            to="/tariffs/compare"
            variant="default"
            leftSection={<IconArrowsDiff size={16} stroke={1.6} />}
          >
            {t('compare')}
          </Button>
          {newButton}
          {importButton}
        </>
      }
    >
      <Tabs
        value={tab}
        onChange={(next) => setSearch(next === 'list' || next === null ? {} : { tab: next }, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="list">
          <TariffList newButton={newButton} importButton={importButton} />
        </Tabs.Panel>
        <Tabs.Panel value="choices">
          <Stack gap="md">
            <ChoicesSection />
            <PbxCostSection />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="holidays">
          <HolidaysSection />
        </Tabs.Panel>
      </Tabs>
      <NewTariff isOpen={isAdding} onClose={() => setIsAdding(false)} />
    </Page>
  );
}
