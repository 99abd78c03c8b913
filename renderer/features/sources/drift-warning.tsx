/** Says when a source's newest records are not what they were, with the signs and lines that show it. */
import { Alert, Code, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SourceDrift } from '../../../core/api/contract.ts';
import { textOr, useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { reasonText } from './detection-result.tsx';

const REFRESH_MS = 30_000;

type Sign = SourceDrift['signs'][number];

function signText({ kind, values }: Sign): string {
  const field = values['field'] === undefined ? '' : textOr(`sources:drift.fields.${values['field']}`, {}, '');
  return textOr(`sources:drift.${kind}`, { ...values, field }, kind);
}

/** Nothing while the source is what it was. */
export function DriftWarning({ sourceId }: { readonly sourceId: number }) {
  const { t } = useTranslation('sources');
  useLanguage();
  const drift = useRead('getSourceDrift', { params: { id: sourceId } }, { refetchInterval: REFRESH_MS }).data;
  if (drift === undefined || (drift.signs.length === 0 && drift.lineFault === null)) return null;
  return (
    <Alert color="orange" mt="sm" p="xs" icon={<IconArrowsDiff size={16} />} role="alert" title={t('drift.title')}>
      <ul className="tb-reasons">
        {drift.lineFault !== null && <li>{reasonText(drift.lineFault)}</li>}
        {drift.signs.map((sign) => (
          <li key={signText(sign)}>{signText(sign)}</li>
        ))}
      </ul>
      {drift.examples.length > 0 && (
        <>
          <Text size="xs" mt={6}>
            {t('drift.examples')}
          </Text>
          <Code block mt={2}>
            {drift.examples.join('\n')}
          </Code>
        </>
      )}
      <Text size="sm" mt={6}>
        {t('drift.advice')}
      </Text>
    </Alert>
  );
}
