import { Button, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Rerate } from '../../../core/api/contract.ts';
import { formatInstant, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';

interface RerateHistoryProps {
  readonly rerates: readonly Rerate[];
  readonly shownId: number | undefined;
  readonly onLook: (id: number) => void;
}

export function RerateHistory({ rerates, shownId, onLook }: RerateHistoryProps) {
  const { t } = useTranslation('rerate');
  return (
    <Paper component="section" aria-label={t('history.title')}>
      <div className="tb-reread-head">
        <Title order={2}>{t('history.title')}</Title>
      </div>
      {rerates.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {t('history.empty')}
        </Text>
      ) : (
        <div className="tb-scroll">
          <table className="tb-table">
            <thead>
              <tr>
                <th>{t('history.days')}</th>
                <th>{t('history.state')}</th>
                <th>{t('history.applied')}</th>
                <th>{t('history.takenBack')}</th>
                <th aria-label={t('history.look')} />
              </tr>
            </thead>
            <tbody>
              {rerates.map((rerate) => (
                <tr key={rerate.id} data-chosen={rerate.id === shownId || undefined}>
                  <td className="tb-num tb-nowrap">
                    {formatLocalDay(rerate.from)} – {formatLocalDay(rerate.to)}
                  </td>
                  <td>{t(`state.${rerate.state}`)}</td>
                  <Decided decision={rerate.applied} />
                  <Decided decision={rerate.takenBack} />
                  <td data-end>
                    <Button size="compact-sm" variant="default" onClick={() => onLook(rerate.id)}>
                      {t('history.look')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Paper>
  );
}

function Decided({ decision }: { readonly decision: Rerate['applied'] }) {
  const { t } = useTranslation('rerate');
  const language = useLanguage();
  if (decision === null) {
    return (
      <td>
        <span className="tb-faint">–</span>
      </td>
    );
  }
  const { by, atMs, reason } = decision;
  return <td>{t('history.byWhom', { by, when: formatInstant(atMs, language), reason })}</td>;
}
