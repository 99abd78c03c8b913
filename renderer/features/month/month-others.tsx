import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Result } from '../../api.ts';
import { Count, Duration } from '../../components/values.tsx';
import { callsPath } from '../calls/call-filter.ts';

/** Incoming, internal and other calls: they have no price and stand outside the totals above. */
export function MonthOthers({ report }: { readonly report: Result<'getMonth'> }) {
  const { t } = useTranslation(['month', 'app']);
  if (report.others.length === 0) return null;
  return (
    <Paper mt="md" component="section" aria-label={t('others.title')} maw={720}>
      <div className="tb-toolbar">
        <div>
          <Title order={2}>{t('others.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('others.text')}
          </Text>
        </div>
      </div>
      <table className="tb-table">
        <thead>
          <tr>
            <th>{t('others.direction')}</th>
            <th data-end>{t('app:calls')}</th>
            <th data-end>{t('others.answered')}</th>
            <th data-end>{t('app:talkTime')}</th>
          </tr>
        </thead>
        <tbody>
          {report.others.map((other) => {
            // Some PBXs print internal calls without saying whether they were answered: that is not zero.
            const isUnknown = other.direction === 'internal' && other.answered === 0 && other.talkSeconds === 0;
            return (
              <tr key={other.direction}>
                <td>
                  <Link className="tb-link" to={callsPath({ month: report.month, direction: other.direction })}>
                    {t(`app:direction.${other.direction}`)}
                  </Link>
                </td>
                <td data-end>
                  <Count value={other.calls} />
                </td>
                <td data-end>{isUnknown ? '–' : <Count value={other.answered} />}</td>
                <td data-end>{isUnknown ? '–' : <Duration seconds={other.talkSeconds} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Paper>
  );
}
