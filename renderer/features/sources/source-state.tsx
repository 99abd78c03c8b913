import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SourceStatus } from '../../../core/api/contract.ts';

export function SourceStateText({ status }: { readonly status: SourceStatus }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="tb-dot" data-state={status.state} aria-hidden />
      <Text span size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {t(`sourceState.${status.state}`)}
      </Text>
    </>
  );
}
