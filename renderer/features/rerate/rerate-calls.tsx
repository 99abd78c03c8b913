/** Changed calls with before and after; one leads to the whole call. */
import { Button, Group, Paper, SegmentedControl, Text, Title, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceSide, Rerate, RerateCall, RerateKind, RerateTotals } from '../../../core/api/contract.ts';
import { Charge } from '../../components/charge.tsx';
import { Duration, LocalTime, OtherParty } from '../../components/values.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { CallDetails } from '../calls/call-details.tsx';

const KINDS = ['repriced', 'newly-rated', 'no-longer-rated', 'same-price'] as const satisfies readonly RerateKind[];
const COUNT_OF = {
  repriced: 'repriced',
  'newly-rated': 'newlyRated',
  'no-longer-rated': 'noLongerRated',
  'same-price': 'samePrice',
} as const satisfies Record<RerateKind, keyof RerateTotals>;
const PAGE = 25;
const MOST = 200;

interface RerateCallsProps {
  readonly rerate: Rerate;
  readonly totals: RerateTotals;
}

export function RerateCalls({ rerate, totals }: RerateCallsProps) {
  const { t } = useTranslation('rerate');
  const language = useLanguage();
  const [chosen, setChosen] = useState<RerateKind>();
  const [limit, setLimit] = useState(PAGE);
  const [openId, setOpenId] = useState<number>();
  const kinds = KINDS.filter((kind) => totals[COUNT_OF[kind]] > 0);
  const kind = chosen ?? kinds[0] ?? 'repriced';
  const page = useRead(
    'listRerateCalls',
    { params: { id: rerate.id }, query: { kind, limit } },
    { placeholderData: (before) => before },
  ).data;
  if (kinds.length === 0) return null;
  return (
    <Paper>
      <div className="tb-reread-head">
        <Title order={2}>{t('calls.title')}</Title>
        <SegmentedControl
          aria-label={t('calls.which')}
          value={kind}
          data={kinds.map((value) => ({
            value,
            label: t(`kind.${value}`, { number: formatCount(totals[COUNT_OF[value]], language) }),
          }))}
          onChange={(value) => {
            setChosen(KINDS.find((one) => one === value));
            setLimit(PAGE);
          }}
        />
      </div>
      {page?.calls.length === 0 ? (
        <Text size="sm" c="dimmed" p="md">
          {t('calls.none')}
        </Text>
      ) : (
        <CallTable calls={page?.calls ?? []} onOpen={setOpenId} />
      )}
      {page?.next != null && limit < MOST && (
        <Group justify="center" p="sm">
          <Button size="compact-md" variant="default" onClick={() => setLimit(MOST)}>
            {t('calls.more')}
          </Button>
        </Group>
      )}
      <CallDetails id={openId} onClose={() => setOpenId(undefined)} />
    </Paper>
  );
}

interface CallTableProps {
  readonly calls: readonly RerateCall[];
  readonly onOpen: (id: number) => void;
}

function CallTable({ calls, onOpen }: CallTableProps) {
  const { t } = useTranslation(['rerate', 'calls', 'app']);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="tb-scroll tb-rerate-calls" aria-label={t('calls.title')} tabIndex={0}>
      <table className="tb-table">
        <thead>
          <tr>
            <th>{t('calls:column.time')}</th>
            <th>{t('calls:column.who')}</th>
            <th>{t('calls:column.number')}</th>
            <th>{t('calls:column.destination')}</th>
            <th data-end>{t('calls:column.duration')}</th>
            <th data-end>{t('calls.before')}</th>
            <th data-end>{t('calls.after')}</th>
          </tr>
        </thead>
        <tbody>
          {calls.map(({ call, before, after }) => (
            <tr key={call.id}>
              <td>
                <UnstyledButton className="tb-link" onClick={() => onOpen(call.id)}>
                  <LocalTime value={call.startLocal} />
                </UnstyledButton>
              </td>
              <td>{call.personName ?? <span className="tb-faint">{t('app:nobody')}</span>}</td>
              <td>
                <OtherParty call={call} />
              </td>
              <td>{call.destination ?? t(`app:band.${call.band}`)}</td>
              <td data-end>
                <Duration seconds={call.talkSeconds} />
              </td>
              <PriceCell side={before} />
              <PriceCell side={after} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PriceCell({ side }: { readonly side: PriceSide }) {
  const { t } = useTranslation('rerate');
  return (
    <td data-end>
      <Charge call={side} />
      <div className="tb-faint tb-rerate-version">
        {side.tariffName === null
          ? t('calls.noVersion')
          : t('calls.version', { name: side.tariffName, number: side.versionNumber ?? 0 })}
      </div>
    </td>
  );
}
