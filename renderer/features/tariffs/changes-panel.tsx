import { Badge, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TariffVersion } from '../../../core/api/contract.ts';
import type { ChangeKind, DeckChange, DeckDifference } from '../../../core/decks/difference.ts';
import { formatExact, formatLocalDay } from '../../format.ts';
import { type LanguageCode, textOr, useLanguage } from '../../language.ts';
import type { TermChange } from './draft-difference.ts';
import { nameOf } from './rate-columns.ts';
import type { DraftContent } from './rate-edits.ts';
import { useCounted } from './use-counted.ts';
import { useDifference } from './use-difference.ts';

const SHOWN = 200;
const COUNTED = ['added', 'changed', 'closed', 'removed'] as const satisfies readonly ChangeKind[];
const COLOUR: Record<ChangeKind, string> = {
  added: 'blue',
  changed: 'blue',
  closed: 'orange',
  removed: 'red',
  same: 'gray',
};

interface ChangesPanelProps {
  readonly version: TariffVersion;
  readonly content: DraftContent;
}

export function ChangesPanel({ version, content }: ChangesPanelProps) {
  const { t } = useTranslation('tariffs');
  const counted = useCounted();
  const { base, difference, isReady } = useDifference(version, content);
  if (!isReady) return <Skeleton height={200} />;
  if (base === undefined || difference === undefined) {
    return <Text c="dimmed">{t('changes.first')}</Text>;
  }
  const { rates, terms } = difference;
  if (rates.changes.length === 0 && terms.length === 0) {
    return <Text c="dimmed">{t('changes.nothing', { number: base.number })}</Text>;
  }
  return (
    <Stack gap="md">
      <Group gap="sm">
        <Text size="sm">{t('changes.against', { number: base.number })}</Text>
        <ChangeCounts counts={rates.counts} />
      </Group>
      {terms.length > 0 && <TermChanges terms={terms} />}
      {rates.changes.length > 0 && (
        <Paper className="tb-scroll">
          <table className="tb-table">
            <thead>
              <tr>
                <th>{t('rate.column.prefix')}</th>
                <th>{t('rate.column.name')}</th>
                <td />
                <th>{t('changes.what')}</th>
              </tr>
            </thead>
            <tbody>
              {rates.changes.slice(0, SHOWN).map((change, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one prefix may be there several times
                <ChangeRow key={at} change={change} />
              ))}
            </tbody>
          </table>
        </Paper>
      )}
      {rates.changes.length > SHOWN && (
        <Text size="sm" c="dimmed">
          {t('changes.more', counted(rates.changes.length - SHOWN))}
        </Text>
      )}
    </Stack>
  );
}

export function ChangeCounts({ counts }: { readonly counts: DeckDifference['counts'] }) {
  const { t } = useTranslation('tariffs');
  const counted = useCounted();
  return COUNTED.filter((kind) => counts[kind] > 0).map((kind) => (
    <Badge key={kind} color={COLOUR[kind]} variant="light">
      {t(`changes.count.${kind}`, counted(counts[kind]))}
    </Badge>
  ));
}

/** A value as it is compared: decimals in the reader's writing, days as days. */
function shownValue(text: string, language: LanguageCode, none: string): string {
  if (text === '') return none;
  if (/^\d{4}-\d\d-\d\d/.test(text)) return formatLocalDay(text);
  return formatExact(text, language);
}

function ChangeRow({ change }: { readonly change: DeckChange }) {
  const { t } = useTranslation('tariffs');
  const language = useLanguage();
  const rate = change.after ?? change.before;
  if (rate === null) return null;
  const price = rate.ratePerMinute;
  return (
    <tr>
      <td className="tb-num">{rate.prefix === '' ? t('rate.anyPrefix') : rate.prefix}</td>
      <td>{nameOf(rate, language)}</td>
      <td>
        <Badge size="sm" variant="light" color={COLOUR[change.kind]}>
          {t(`changes.kind.${change.kind}`)}
        </Badge>
      </td>
      <td className="tb-num">
        {change.fields.map(({ key, before, after }) => (
          <div key={key}>
            {t(`field.${key}`)}: {shownValue(before, language, t('changes.none'))} →{' '}
            <strong>{shownValue(after, language, t('changes.none'))}</strong>
          </div>
        ))}
        {change.fields.length === 0 && price !== undefined && (
          <span>
            {t('field.ratePerMinute')}: {formatExact(price, language)}
          </span>
        )}
      </td>
    </tr>
  );
}

function TermChanges({ terms }: { readonly terms: readonly TermChange[] }) {
  const { t } = useTranslation('tariffs');
  const shown = (value: unknown): string => {
    if (value === undefined) return t('changes.none');
    if (Array.isArray(value))
      return value.map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item))).join(', ');
    return String(value);
  };
  return (
    <Paper p="md" component="section">
      <Title order={2} size="h3">
        {t('changes.terms')}
      </Title>
      <table className="tb-table">
        <thead>
          <tr>
            <th>{t('changes.what')}</th>
            <th>{t('changes.before')}</th>
            <th>{t('changes.after')}</th>
          </tr>
        </thead>
        <tbody>
          {terms.map(({ key, before, after }) => (
            <tr key={key}>
              <td>{textOr(`tariffs:terms.${TERM_LABELS[key] ?? key}`, {}, key)}</td>
              <td className="tb-wrap">{shown(before)}</td>
              <td className="tb-wrap">{shown(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}

/** Texts of `terms` that name a field, where the field is not named like its text. */
const TERM_LABELS: Partial<Record<TermChange['key'], string>> = {
  taxPercent: 'tax',
  pricesIncludeTax: 'taxIncluded',
  markupPercent: 'markup',
  surchargePercent: 'surcharge',
  areaGroups: 'areas',
  portedNumbers: 'ported',
};
