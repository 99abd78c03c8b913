/** Says when a source's newest records are not what they were, with the signs and lines that show it. */
import { Alert, Box, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Source, SourceDrift } from '../../../core/api/contract.ts';
import { RawText } from '../../components/raw-text.tsx';
import { textOr, useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { RereadLink } from '../reread/reread-link.tsx';
import { LineFault } from './line-fault.tsx';

const REFRESH_MS = 30_000;

type Sign = SourceDrift['signs'][number];

function signText({ kind, values }: Sign): string {
  const field = values['field'] === undefined ? '' : textOr(`sources:drift.fields.${values['field']}`, {}, '');
  return textOr(`sources:drift.${kind}`, { ...values, field }, kind);
}

interface DriftWarningProps {
  readonly source: Source;
  /** The detection is open below and says by itself what is wrong with a serial port. */
  readonly isDetectionOpen: boolean;
}

/** Nothing while the source is what it was. */
export function DriftWarning({ source, isDetectionOpen }: DriftWarningProps) {
  const { t } = useTranslation('sources');
  useLanguage();
  const drift = useRead('getSourceDrift', { params: { id: source.id } }, { refetchInterval: REFRESH_MS }).data;
  if (drift === undefined) return null;
  // What cannot be read follows from the port, so nothing else is said meanwhile.
  if (drift.lineFault !== null) {
    return isDetectionOpen ? null : (
      <Box mt="sm">
        <LineFault source={source} detection={drift} />
      </Box>
    );
  }
  if (drift.signs.length === 0) return null;
  return (
    <Alert color="orange" mt="sm" p="xs" icon={<IconArrowsDiff size={16} />} role="alert" title={t('drift.title')}>
      <ul className="tb-reasons">
        {drift.signs.map((sign) => (
          <li key={signText(sign)}>{signText(sign)}</li>
        ))}
      </ul>
      {drift.examples.length > 0 && (
        <>
          <Text size="xs" mt={6}>
            {t('drift.examples')}
          </Text>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <pre className="tb-raw tb-drift-lines" tabIndex={0}>
            {[...new Set(drift.examples)].map((line) => (
              <div key={line}>
                <RawText text={line} isTrimmed />
              </div>
            ))}
          </pre>
        </>
      )}
      <Text size="sm" mt={6} mb={6}>
        {t('drift.advice')}
      </Text>
      <RereadLink sourceId={source.id} />
    </Alert>
  );
}
