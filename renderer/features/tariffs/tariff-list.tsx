import { Anchor, Badge, Group, Paper, Skeleton, Text } from '@mantine/core';
import { IconReceipt2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Tariff, TariffVersion } from '../../../core/api/contract.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Count } from '../../components/values.tsx';
import { useRead } from '../../query-client.ts';
import { TariffMenu } from './tariff-menu.tsx';
import { addressOf, presentAndNext } from './tariff-words.ts';
import { useFromText } from './use-from-text.ts';

interface TariffListProps {
  readonly newButton: ReactNode;
  readonly importButton: ReactNode;
}

export function TariffList({ newButton, importButton }: TariffListProps) {
  const { t } = useTranslation('tariffs');
  const tariffs = useRead('listTariffs');
  if (tariffs.data === undefined) return <Skeleton height={220} />;
  if (tariffs.data.length === 0) {
    return (
      <EmptyState icon={IconReceipt2} title={t('list.emptyTitle')} text={t('list.emptyText')}>
        <Group>
          {newButton}
          {importButton}
        </Group>
      </EmptyState>
    );
  }
  return (
    <Paper component="section" aria-label={t('tab.list')} className="tb-scroll">
      <table className="tb-table">
        <thead>
          <tr>
            <th>{t('list.name')}</th>
            <th>{t('list.present')}</th>
            <th>{t('list.next')}</th>
            <th>{t('list.drafts')}</th>
            <th data-end>{t('list.rates')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {tariffs.data.map((tariff) => (
            <TariffRow key={tariff.id} tariff={tariff} />
          ))}
        </tbody>
      </table>
    </Paper>
  );
}

function TariffRow({ tariff }: { readonly tariff: Tariff }) {
  const { t } = useTranslation('tariffs');
  const { present, next } = presentAndNext(tariff);
  const drafts = tariff.versions.filter(({ state }) => state === 'draft');
  const first = present ?? next ?? drafts[0];
  return (
    <tr>
      <td>
        <Text fw={600} size="sm" className="tb-wrap">
          {first === undefined ? (
            tariff.name
          ) : (
            <Anchor component={Link} to={addressOf(first)} inherit>
              {tariff.name}
            </Anchor>
          )}
        </Text>
        <TakenBy tariff={tariff} />
      </td>
      <td>
        {present === undefined ? (
          <span className="tb-faint">{t('list.noneInForce')}</span>
        ) : (
          <VersionLink version={present} />
        )}
      </td>
      <td>{next === undefined ? <span className="tb-faint">–</span> : <VersionLink version={next} />}</td>
      <td>
        {drafts.length === 0 && <span className="tb-faint">–</span>}
        {drafts.map((draft) => (
          <div key={draft.id}>
            <Anchor component={Link} to={addressOf(draft)} size="sm">
              {t('list.version', { number: draft.number })}
            </Anchor>
          </div>
        ))}
      </td>
      <td data-end>
        <Count value={tariff.rateCount} /> <span className="tb-faint">{tariff.currency}</span>
      </td>
      <td data-end>
        <TariffMenu tariff={tariff} version={first} />
      </td>
    </tr>
  );
}

/** Which calls take a tariff. */
function TakenBy({ tariff }: { readonly tariff: Tariff }) {
  const { t } = useTranslation('tariffs');
  const choices = useRead('getTariffChoices').data?.choices ?? [];
  const sources = useRead('listSources').data ?? [];
  return (
    <Group gap={4}>
      {choices
        .filter(({ tariffId }) => tariffId === tariff.id)
        .map(({ kind, value }) => (
          <Badge key={`${kind} ${value}`} size="sm" variant={kind === 'default' ? 'light' : 'default'} tt="none">
            {kind === 'default'
              ? t('list.isDefault')
              : `${t(`choices.kinds.${kind}`)} ${kind === 'source' ? (sources.find(({ id }) => String(id) === value)?.name ?? value) : value}`}
          </Badge>
        ))}
    </Group>
  );
}

function VersionLink({ version }: { readonly version: TariffVersion }) {
  const { t } = useTranslation('tariffs');
  const fromText = useFromText();
  return (
    <>
      <Anchor component={Link} to={addressOf(version)} size="sm">
        {t('list.version', { number: version.number })}
      </Anchor>
      <Text size="xs" c="dimmed">
        {fromText(version.effectiveFrom)}
      </Text>
    </>
  );
}
