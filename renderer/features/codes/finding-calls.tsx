/** The calls that show a finding; each opens in the list of calls. */
import { Alert, Drawer, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { CodeFinding } from '../../../core/api/contract.ts';
import { CallCells, CallHead } from '../../components/call-row.tsx';
import { Grid, GridRow, GridRowGroup } from '../../components/grid-parts.ts';
import { rowKeys } from '../../components/row-keys.ts';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { failureText } from '../../toasts.ts';

interface FindingCallsProps {
  readonly finding: CodeFinding | undefined;
  readonly onClose: () => void;
}

export function FindingCalls({ finding, onClose }: FindingCallsProps) {
  const { t } = useTranslation('codes');
  return (
    <Drawer
      opened={finding !== undefined}
      onClose={onClose}
      size={1040}
      title={<Text fw={650}>{t('callsTitle')}</Text>}
    >
      {finding !== undefined && <Calls finding={finding} />}
    </Drawer>
  );
}

function Calls({ finding }: { readonly finding: CodeFinding }) {
  const { t } = useTranslation('codes');
  const language = useLanguage();
  const navigate = useNavigate();
  const calls = useRead('listHygieneCalls', { query: { ids: finding.callIds.join(',') } });
  const open = (id: number): void => void navigate(`/calls?call=${id}`);
  return (
    <>
      <Text size="sm" mb="sm">
        {finding.text}
      </Text>
      {finding.callIds.length < finding.calls && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('callsNewest', { count: finding.callIds.length, all: formatCount(finding.calls, language) })}
        </Text>
      )}
      {calls.isError && <Alert color="red">{failureText(calls.error)}</Alert>}
      {calls.isLoading && <Skeleton height={200} />}
      {calls.data !== undefined && (
        <Grid className="tb-grid" aria-label={t('callsTitle')} aria-rowcount={calls.data.length}>
          <div className="tb-grid-head-wrap">
            <CallHead />
          </div>
          <GridRowGroup className="tb-grid-body">
            {calls.data.map((call, index) => (
              <GridRow
                key={call.id}
                className="tb-grid-row"
                tabIndex={index === 0 ? 0 : -1}
                data-press
                onClick={() => open(call.id)}
                onKeyDown={rowKeys(() => open(call.id))}
              >
                <CallCells call={call} />
              </GridRow>
            ))}
          </GridRowGroup>
        </Grid>
      )}
    </>
  );
}
