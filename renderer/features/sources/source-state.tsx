import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/api/contract.ts';

/** A port of ours that is open is not yet a PBX that is connected. */
const LISTENING: ReadonlySet<Source['config']['kind']> = new Set([
  'tcp-listener',
  'udp-listener',
  'http-push',
  'sftp-drop',
]);

function stateOf({ config, status }: Source): Source['status']['state'] | 'listening' {
  return status.state === 'open' && status.connections === 0 && LISTENING.has(config.kind) ? 'listening' : status.state;
}

export function SourceStateText({ source }: { readonly source: Source }) {
  const { t } = useTranslation();
  const state = stateOf(source);
  return (
    <>
      <span className="tb-dot" data-state={state} aria-hidden />
      <Text span size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {t(`sourceState.${state}`)}
      </Text>
    </>
  );
}
