import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DECK_FIELDS, type Deck, type DeckField, type DeckSampleRow } from '../../../core/api/contract.ts';
import { useRateWords } from './rate-words.ts';
import { ScrollBox } from './scroll-box.tsx';
import { isWaiting } from './use-deck-import.ts';

interface SampleTableProps {
  readonly deck: Deck;
  readonly onAssign: (column: number, field: DeckField | null) => void;
}

/** Fields of one program's layout alone are offered only where they are in use. */
const RARE = /^(?:cycle|weekMinute)/;

function usedColumns(deck: Deck): number {
  return Math.max(deck.headings.length, deck.layout.columns.length, ...deck.sample.map(({ cells }) => cells.length), 0);
}

export function SampleTable({ deck, onAssign }: SampleTableProps) {
  const { t } = useTranslation('deck');
  const columns = Array.from({ length: usedColumns(deck) }, (_, i) => i);
  const fields = DECK_FIELDS.filter((field) => !RARE.test(field) || deck.layout.columns.includes(field)).map(
    (value) => ({
      value,
      label: t(`field.${value}`),
    }),
  );
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>
        {t('import.layout.sample')}
      </Text>
      <ScrollBox label={t('import.layout.sample')} className="tb-deck-sample">
        <table className="tb-table">
          <thead>
            <tr>
              <th data-end>{t('import.layout.row')}</th>
              <th className="tb-deck-read">{t('import.layout.asRead')}</th>
              {columns.map((column) => {
                const heading = deck.headings[column] ?? '';
                const label = heading === '' ? t('import.layout.column', { number: column + 1 }) : heading;
                return (
                  <th key={column}>
                    <Select
                      size="xs"
                      w={170}
                      label={label}
                      searchable
                      clearable
                      placeholder={t('import.layout.skip')}
                      data={fields}
                      value={deck.layout.columns[column] ?? null}
                      onChange={(value) => onAssign(column, DECK_FIELDS.find((field) => field === value) ?? null)}
                    />
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {deck.sample.map((row) => (
              <tr key={row.rowNumber}>
                <td data-end className="tb-num">
                  {row.rowNumber}
                </td>
                <td>
                  <AsRead row={row} waits={isWaiting(deck)} />
                </td>
                {columns.map((column) => (
                  <td key={column} data-unread={(deck.layout.columns[column] ?? null) === null || undefined}>
                    {row.cells[column] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  );
}

function AsRead({ row, waits }: { readonly row: DeckSampleRow; readonly waits: boolean }) {
  const { t } = useTranslation('deck');
  const words = useRateWords();
  if (waits) return <span className="tb-quiet">{t('import.layout.waiting')}</span>;
  return (
    <>
      {row.rates.map((rate) => (
        <div key={`${rate.prefix}${rate.period ?? ''}${rate.direction ?? ''}`}>
          <b className="tb-num">{rate.prefix === '' ? '*' : rate.prefix}</b> {words(rate)}
        </div>
      ))}
      {row.problems.map((problem) => (
        <div key={problem} className="tb-row-error">
          {problem}
        </div>
      ))}
    </>
  );
}
