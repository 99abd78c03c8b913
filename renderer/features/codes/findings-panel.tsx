/** Kinds of findings with their counts on the left, the findings of the chosen kind with what to do on the right. */
import { Alert, Badge, Button, Group, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconRefresh, IconShieldCheck } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { CodeFinding, FindingKind, Hygiene } from '../../../core/api/contract.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatCount, formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import type { DayRange } from '../../site-day.ts';
import { failureText } from '../../toasts.ts';
import { FindingCalls } from './finding-calls.tsx';
import { FindingCard } from './finding-card.tsx';
import { MistypeTables } from './mistype-tables.tsx';
import { renewalAddress } from './renewal-address.ts';
import { SEVERITY_COLOR, worstOf } from './severity.ts';

export function FindingsPanel({ range }: { readonly range: DayRange }) {
  const { t } = useTranslation('codes');
  const hygiene = useRead('getHygiene', { query: range }, { placeholderData: keepPreviousData });
  if (hygiene.isError) return <Alert color="red">{failureText(hygiene.error)}</Alert>;
  if (hygiene.data === undefined) return <Skeleton height={360} aria-label={t('tab.findings')} />;
  return <Findings hygiene={hygiene.data} />;
}

function Findings({ hygiene }: { readonly hygiene: Hygiene }) {
  const { t } = useTranslation(['codes', 'hygiene']);
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const [open, setOpen] = useState<CodeFinding>();
  const kind = hygiene.counts.find((one) => one.kind === search.get('kind'))?.kind;
  const choose = (next: FindingKind | undefined): void => {
    const params = new URLSearchParams(search);
    if (next === undefined) params.delete('kind');
    else params.set('kind', next);
    setSearch(params, { replace: true });
  };
  const shown = kind === undefined ? hygiene.findings : hygiene.findings.filter((finding) => finding.kind === kind);
  const all = hygiene.counts.reduce(
    (sum, one) => sum + (kind === undefined || one.kind === kind ? one.findings : 0),
    0,
  );
  const asOf = t('as', {
    calls: formatCount(hygiene.codedCalls, language),
    at: formatInstant(hygiene.madeAtMs, language),
  });

  if (hygiene.findings.length === 0 && hygiene.mistypes.total === 0) {
    return (
      <EmptyState icon={IconShieldCheck} title={t('none.title')} text={t('none.text')}>
        <Text size="sm" c="dimmed">
          {asOf}
        </Text>
      </EmptyState>
    );
  }
  return (
    <div className="tb-split">
      <nav className="tb-split-list" aria-label={t('kinds')}>
        <KindButton
          label={t('allKinds')}
          count={hygiene.counts.reduce((sum, one) => sum + one.findings, 0)}
          color="gray"
          isChosen={kind === undefined}
          onChoose={() => choose(undefined)}
        />
        {hygiene.counts.map((one) => (
          <KindButton
            key={one.kind}
            label={t(`hygiene:kind.${one.kind}`)}
            count={one.findings}
            color={SEVERITY_COLOR[worstOf(hygiene.findings.filter((finding) => finding.kind === one.kind))]}
            isChosen={kind === one.kind}
            onChoose={() => choose(one.kind)}
          />
        ))}
      </nav>
      <div className="tb-split-panel">
        <Group justify="space-between" mb="xs" gap="xs">
          <Text size="sm" c="dimmed">
            {asOf}
          </Text>
          <RenewChosen findings={shown} />
        </Group>
        {hygiene.unlistedCalls > 0 && (
          <Alert color="orange" mb="xs">
            {t('unlisted', { calls: formatCount(hygiene.unlistedCalls, language) })}
          </Alert>
        )}
        {shown.map((finding) => (
          <FindingCard key={finding.id} finding={finding} onCalls={() => setOpen(finding)} />
        ))}
        {shown.length < all && (
          <Text size="sm" c="dimmed" ta="center" p="sm">
            {t('shownOf', { shown: formatCount(shown.length, language), all: formatCount(all, language) })}
          </Text>
        )}
        {kind === undefined || kind === 'mistyped-code' || kind === 'mistyping-telephone' ? (
          <MistypeTables mistypes={hygiene.mistypes} />
        ) : null}
      </div>
      <FindingCalls finding={open} onClose={() => setOpen(undefined)} />
    </div>
  );
}

interface KindButtonProps {
  readonly label: string;
  readonly count: number;
  readonly color: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function KindButton({ label, count, color, isChosen, onChoose }: KindButtonProps) {
  const language = useLanguage();
  return (
    <UnstyledButton
      className="tb-tree-item"
      data-chosen={isChosen || undefined}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <span>{label}</span>
      <Badge color={color} size="sm" ml="auto" flex="none">
        {formatCount(count, language)}
      </Badge>
    </UnstyledButton>
  );
}

/** Kinds that a new code puts right. */
const RENEWED: ReadonlySet<FindingKind> = new Set<FindingKind>([
  'weak-code',
  'near-codes',
  'two-places',
  'two-telephones',
  'many-telephones',
  'mistyped-code',
]);

export function ownersToRenew(findings: readonly CodeFinding[]): readonly number[] {
  const owners = findings
    .filter((finding) => RENEWED.has(finding.kind) || (finding.kind === 'guessing' && finding.related.length > 0))
    .flatMap((finding) => [finding.personId, ...finding.related.map((one) => one.personId)]);
  return [...new Set(owners)].filter((id) => id !== null);
}

function RenewChosen({ findings }: { readonly findings: readonly CodeFinding[] }) {
  const { t } = useTranslation('codes');
  const owners = ownersToRenew(findings);
  if (owners.length === 0) return null;
  return (
    <Button
      size="xs"
      variant="light"
      component={Link}
      to={renewalAddress(owners)}
      leftSection={<IconRefresh size={14} stroke={1.6} />}
    >
      {t('renewChosen', { count: owners.length })}
    </Button>
  );
}
