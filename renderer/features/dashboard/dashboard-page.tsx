/** Today and a month at a glance. Every figure leads to the calls behind it. */
import { Button, Skeleton } from '@mantine/core';
import { IconDeviceTv } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { Dashboard } from '../../../core/api/contract.ts';
import { MonthInput } from '../../components/month-input.tsx';
import { Page } from '../../components/page.tsx';
import { formatMonthInText } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useViewer } from '../../viewer.ts';
import { FirstWeekCard } from '../first-week/first-week-card.tsx';
import { ChargeChart } from './charge-chart.tsx';
import { CompletenessCard, SourcesCard } from './health-card.tsx';
import { HeatMap } from './heat-map.tsx';
import { KeyFigures } from './key-figures.tsx';
import { NewOffice } from './new-office.tsx';
import { RankedCard } from './ranked-card.tsx';
import { TrunkCard } from './trunk-card.tsx';
import { useDashboard } from './use-dashboard.ts';

export function DashboardPage() {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const { data } = useDashboard(search.get('month') ?? undefined);
  const isEmpty = data !== undefined && data.months.length === 0;
  return (
    <Page
      title={t('title')}
      lead={
        data === undefined || isEmpty ? t('lead') : t('leadMonth', { month: formatMonthInText(data.month, language) })
      }
      actions={
        data !== undefined &&
        !isEmpty && (
          <>
            <MonthInput
              aria-label={t('month')}
              value={data.month}
              onChange={(month) => setSearch(month === '' ? {} : { month }, { replace: true })}
              w={130}
            />
            <WallboardButton />
          </>
        )
      }
    >
      <FirstWeekCard />
      {data === undefined ? <Loading /> : isEmpty ? <NewOffice /> : <Board data={data} />}
    </Page>
  );
}

/** A click may fill the screen, a page that opens by itself may not. */
function WallboardButton() {
  const { t } = useTranslation('dashboard');
  const navigate = useNavigate();
  const open = async (): Promise<void> => {
    await document.documentElement.requestFullscreen().catch(() => undefined);
    await navigate('/wallboard');
  };
  return (
    <Button variant="default" leftSection={<IconDeviceTv size={16} stroke={1.6} />} onClick={() => void open()}>
      {t('wallboard')}
    </Button>
  );
}

function Board({ data }: { readonly data: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const viewer = useViewer();
  return (
    <div className="tb-dash">
      <KeyFigures data={data} />
      <div className="tb-dash-two">
        <ChargeChart data={data} />
        <HeatMap cells={data.hours} />
      </div>
      <div className="tb-dash-three">
        {viewer.scope !== 'person' && <RankedCard title={t('departments')} rows={data.departments} />}
        {viewer.scope !== 'person' && <RankedCard title={t('people')} rows={data.people} />}
        <RankedCard title={t('destinations')} rows={data.destinations} />
      </div>
      <div className="tb-dash-three">
        {viewer.may('read-sources') && <SourcesCard />}
        {data.completeness !== null && <CompletenessCard whole={data.completeness} />}
        {data.trunks !== null && <TrunkCard trunks={data.trunks} />}
      </div>
    </div>
  );
}

function Loading() {
  return (
    <div className="tb-dash">
      <div className="tb-dash-figures">
        {[1, 2, 3, 4, 5, 6].map((card) => (
          <Skeleton key={card} height={96} radius="md" />
        ))}
      </div>
      <div className="tb-dash-two">
        <Skeleton height={264} radius="md" />
        <Skeleton height={264} radius="md" />
      </div>
    </div>
  );
}
