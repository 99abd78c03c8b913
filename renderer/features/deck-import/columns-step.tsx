/** Layout and columns, with the first rows beside what they are read as. */
import { Alert, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Deck, DeckField, DeckLayout } from '../../../core/api/contract.ts';
import { useRead } from '../../query-client.ts';
import { KeepLayout } from './keep-layout.tsx';
import { ProblemList } from './problem-list.tsx';
import { SampleTable } from './sample-table.tsx';
import type { DeckImportState } from './use-deck-import.ts';

const BY_HAND = 'by-hand';
const OWN = 'own-';
const HEADING_ROWS = 20;
const SHOWN_ROWS = 10;

interface ColumnsStepProps {
  readonly deck: Deck;
  readonly state: DeckImportState;
}

export function ColumnsStep({ deck, state }: ColumnsStepProps) {
  const { t } = useTranslation('deck');
  const { layout, missing, unreadColumns, counts, shadowedRows } = deck;
  const assign = (column: number, field: DeckField | null): void => {
    const columns = layout.columns.map((used) => (used === field && field !== 'unheld' ? null : used));
    while (columns.length <= column) columns.push(null);
    columns[column] = field;
    state.read({ ...layout, columns });
  };
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <LayoutChoice deck={deck} onChange={state.read} />
        <Select
          label={t('import.layout.headingRow')}
          data={[
            { value: '', label: t('import.layout.noHeading') },
            ...Array.from({ length: HEADING_ROWS }, (_, i) => ({ value: String(i + 1), label: String(i + 1) })),
          ]}
          value={layout.headingRow === null ? '' : String(layout.headingRow)}
          allowDeselect={false}
          onChange={(value) =>
            state.read({ ...layout, headingRow: value === null || value === '' ? null : Number(value), columns: [] })
          }
        />
      </SimpleGrid>
      {missing.length > 0 && (
        <Alert color="orange">
          {t('import.layout.missing', { fields: missing.map((field) => t(`field.${field}`)).join(', ') })}
        </Alert>
      )}
      <SampleTable deck={deck} onAssign={assign} />
      <Stack gap={4}>
        {unreadColumns.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('import.layout.unread', { columns: unreadColumns.join(', ') })}
          </Text>
        )}
        {counts.skipped > 0 && (
          <Text size="sm" c="dimmed">
            {t('import.layout.skipped', { count: counts.skipped })}
          </Text>
        )}
        {counts.shadowed > 0 && (
          <Alert color="orange">
            {t('import.layout.shadowed', {
              count: counts.shadowed,
              rows: shadowedRows
                .slice(0, SHOWN_ROWS)
                .map(({ rowNumber }) => rowNumber)
                .join(', '),
            })}
          </Alert>
        )}
      </Stack>
      <ProblemList count={counts.problems} problems={deck.problems} shown={SHOWN_ROWS} />
      <KeepLayout deck={deck} />
    </Stack>
  );
}

function LayoutChoice({ deck, onChange }: { readonly deck: Deck; readonly onChange: (layout: DeckLayout) => void }) {
  const { t } = useTranslation('deck');
  const presets = useRead('listDeckPresets');
  const { layout, knownAs } = deck;
  const own = presets.data?.own ?? [];
  const choose = (value: string | null): void => {
    const kept = own.find(({ id }) => value === `${OWN}${id}`);
    if (kept !== undefined) onChange({ ...kept.layout, headingRow: layout.headingRow });
    else onChange({ ...layout, preset: value === BY_HAND || value === null ? null : value, columns: [] });
  };
  return (
    <Select
      label={t('import.layout.label')}
      description={knownAs === null ? undefined : t('import.layout.knownAs', { name: knownAs })}
      data={[
        { value: BY_HAND, label: t('import.layout.byHand') },
        ...own.map(({ id, name }) => ({ value: `${OWN}${id}`, label: name })),
        ...(presets.data?.builtIn ?? []).map(({ id, title }) => ({ value: id, label: title })),
      ]}
      value={layout.preset ?? BY_HAND}
      allowDeselect={false}
      onChange={choose}
    />
  );
}
