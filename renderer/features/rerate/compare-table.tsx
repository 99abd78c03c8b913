import { Button, Group, Paper, SegmentedControl, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  COMPARISON_GROUPINGS,
  type ComparisonGrouping,
  type ComparisonRow,
  type PriceComparison,
} from '../../../core/api/contract.ts';
import { urlOf } from '../../api.ts';
import { useShortened } from '../../components/show-all.tsx';
import { Count, Duration, MoneySums } from '../../components/values.tsx';
import { formatLocalDay, formatMonth } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { otherText } from './compared-prices.ts';
import { SignedMoney, SignedPercent } from './signed-money.tsx';

const SHOWN_AT_FIRST = 25;
const TYPES = ['xlsx', 'csv'] as const;

interface CompareTableProps {
  readonly comparison: PriceComparison;
  readonly onGroup: (by: ComparisonGrouping) => void;
}

/** The charge of now beside that of each other price list. */
export function CompareTable({ comparison, onGroup }: CompareTableProps) {
  const { t } = useTranslation('rerate');
  const language = useLanguage();
  const { id, by, rows, totals, others } = comparison;
  const title = t('compare.result', { from: formatLocalDay(comparison.from), to: formatLocalDay(comparison.to) });
  const { shown, more } = useShortened(rows, SHOWN_AT_FIRST, t('rows.all', { count: rows.length }));
  if (totals === null || totals.calls === 0) {
    return (
      <Paper p="md" component="section" aria-label={title}>
        <Text size="sm">{t('compare.empty')}</Text>
      </Paper>
    );
  }
  return (
    <Paper>
      <div className="tb-reread-head">
        <Title order={2}>{title}</Title>
        <Group gap="xs">
          <SegmentedControl
            aria-label={t('by.label')}
            value={by}
            data={COMPARISON_GROUPINGS.map((value) => ({ value, label: t(`by.${value}`) }))}
            onChange={(value) => onGroup(COMPARISON_GROUPINGS.find((one) => one === value) ?? 'person')}
          />
          {TYPES.map((type) => (
            <Button
              key={type}
              component="a"
              href={urlOf('exportPriceComparison', { params: { id }, query: { type, by, language } })}
              size="compact-md"
              variant="default"
              leftSection={<IconDownload size={14} stroke={1.6} />}
            >
              {t(`compare.${type}`)}
            </Button>
          ))}
        </Group>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="tb-scroll" aria-label={title} tabIndex={0}>
        <table className="tb-table">
          <thead>
            <tr>
              <th>{t(`by.${by}`)}</th>
              <th data-end>{t('compare.calls')}</th>
              <th data-end>{t('compare.talk')}</th>
              <th data-end>{t('compare.present')}</th>
              {others.map((other, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same prices may be asked for twice.
                <th key={i} data-end className="tb-compare-other">
                  {otherText(other, t)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.key}>
                <td className={by !== 'band' && row.key === '0' ? 'tb-nobody' : undefined}>
                  {by === 'month' ? formatMonth(row.key, language) : row.name}
                </td>
                <ComparedCells row={row} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('rows.total')}</td>
              <ComparedCells row={totals} />
            </tr>
          </tfoot>
        </table>
      </section>
      {more}
    </Paper>
  );
}

function ComparedCells({ row }: { readonly row: ComparisonRow }) {
  return (
    <>
      <td data-end>
        <Count value={row.calls} />
      </td>
      <td data-end>
        <Duration seconds={row.talkSeconds} />
      </td>
      <td data-end>
        <MoneySums values={row.present.charges} />
        <Unrated calls={row.present.unratedCalls} />
      </td>
      {row.others.map((other, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have a fixed order.
        <td key={i} data-end>
          <MoneySums values={other.charges} />
          <div className="tb-compare-difference">
            <SignedMoney values={other.differences} /> <SignedPercent value={other.percent} />
          </div>
          <Unrated calls={other.unratedCalls} />
        </td>
      ))}
    </>
  );
}

function Unrated({ calls }: { readonly calls: number }) {
  const { t } = useTranslation('rerate');
  if (calls === 0) return null;
  return (
    <div className="tb-compare-unrated">
      {t('compare.unrated')}: <Count value={calls} />
    </div>
  );
}
