/** Rows that the file adds, changes, closes and removes, page by page. */
import { Badge, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeckChange, DeckChangeKind, DeckPreview } from '../../../core/api/contract.ts';
import { formatCount, formatExact } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { formatMoment, useRateWords } from './rate-words.ts';
import { ScrollBox } from './scroll-box.tsx';

const PAGE = 100;
const KINDS = ['added', 'changed', 'closed', 'removed'] as const;
const COLOR = { added: 'ledger', changed: 'blue', closed: 'orange', removed: 'red', same: 'gray' } as const;
const ALL = 'all';

interface ChangeTableProps {
  readonly deckId: string;
  readonly preview: DeckPreview;
}

export function ChangeTable({ deckId, preview }: ChangeTableProps) {
  const { t } = useTranslation('deck');
  const language = useLanguage();
  const [kind, setKind] = useState<DeckChangeKind>();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 250);
  const [offset, setOffset] = useState(0);
  const query = { offset, limit: PAGE, ...(kind !== undefined && { kind }), ...(text !== '' && { text }) };
  // The preview of another wish has other rows under the same address.
  const page = useRead('listDeckChanges', { params: { deckId }, query }, { staleTime: 0, gcTime: 0 });
  const label = (name: DeckChangeKind): string =>
    `${t(`change.${name}`)} ${formatCount(preview.counts[name] ?? 0, language)}`;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          value={kind ?? ALL}
          onChange={(value) => {
            setKind(KINDS.find((name) => name === value));
            setOffset(0);
          }}
          data={[
            { value: ALL, label: t('import.preview.all') },
            ...KINDS.map((value) => ({ value, label: label(value) })),
          ]}
        />
        <Text size="sm" c="dimmed">
          {label('same')}
        </Text>
        <TextInput
          size="xs"
          aria-label={t('import.preview.search')}
          placeholder={t('import.preview.search')}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setOffset(0);
          }}
        />
      </Group>
      <Rows changes={page.data?.changes ?? []} />
      <Pages offset={offset} found={page.data?.found ?? 0} onMove={setOffset} />
    </Stack>
  );
}

function Rows({ changes }: { readonly changes: readonly DeckChange[] }) {
  const { t } = useTranslation('deck');
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('import.preview.nothing')}
      </Text>
    );
  }
  return (
    <ScrollBox label={t('import.preview.field')} className="tb-deck-changes">
      <table className="tb-table">
        <thead>
          <tr>
            <th data-end>{t('import.layout.row')}</th>
            <th>{t('import.preview.is')}</th>
            <th>{t('field.prefix')}</th>
            <th>{t('field.name')}</th>
            <th>{t('import.preview.field')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one page, which is replaced as a whole; rows may be alike
            <tr key={index}>
              <td data-end className="tb-num">
                {change.rowNumber ?? ''}
              </td>
              <td>
                <Badge size="sm" color={COLOR[change.kind]}>
                  {t(`change.${change.kind}`)}
                </Badge>
              </td>
              <td className="tb-num">{change.prefix === '' ? '*' : change.prefix}</td>
              <td>
                <Destination change={change} />
              </td>
              <td>
                <What change={change} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Destination({ change }: { readonly change: DeckChange }) {
  const language = useLanguage();
  const rate = change.after ?? change.before;
  return (language === 'vi' ? rate?.nameVi : undefined) ?? rate?.name ?? '';
}

function What({ change }: { readonly change: DeckChange }) {
  const { t } = useTranslation('deck');
  const language = useLanguage();
  const words = useRateWords();
  const rate = change.after ?? change.before;
  if (change.fields.length === 0) return rate === null ? '' : words(rate);
  const shown = (key: string, text: string): string => {
    if (text === '') return '–';
    return key === 'effectiveFrom' || key === 'effectiveTo' ? formatMoment(text) : formatExact(text, language);
  };
  return change.fields.map(({ key, before, after }) => (
    <div key={key}>
      {t(`field.${key}` as 'field.rate', { defaultValue: key })}: {shown(key, before)} → <b>{shown(key, after)}</b>
    </div>
  ));
}

interface PagesProps {
  readonly offset: number;
  readonly found: number;
  readonly onMove: (offset: number) => void;
}

function Pages({ offset, found, onMove }: PagesProps) {
  const { t } = useTranslation('deck');
  const language = useLanguage();
  if (found <= PAGE) return null;
  const count = (n: number): string => formatCount(n, language);
  return (
    <Group justify="flex-end" gap="xs">
      <Text size="sm" c="dimmed">
        {t('import.preview.page', { from: count(offset + 1), to: count(Math.min(offset + PAGE, found)), count: found })}
      </Text>
      <Button size="xs" variant="default" disabled={offset === 0} onClick={() => onMove(offset - PAGE)}>
        {t('import.preview.pageBefore')}
      </Button>
      <Button size="xs" variant="default" disabled={offset + PAGE >= found} onClick={() => onMove(offset + PAGE)}>
        {t('import.preview.pageAfter')}
      </Button>
    </Group>
  );
}
