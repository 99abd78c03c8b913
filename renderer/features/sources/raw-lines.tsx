/** What the PBX sends, line by line, and what became of each. */
import { Badge, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RawText } from '../../components/raw-text.tsx';
import { formatInstant } from '../../format.ts';
import { textOr, useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';

const COLOR = { call: 'ledger', part: 'blue', noise: 'gray', malformed: 'red', incomplete: 'yellow' } as const;
const REFRESH_MS = 3000;

interface RawLinesProps {
  readonly sourceId: number;
  /** A CSS length. */
  readonly height: string;
}

export function RawLines({ sourceId, height }: RawLinesProps) {
  const { t } = useTranslation(['sources', 'app']);
  const language = useLanguage();
  // Events bring new lines at once; asking again covers what came before the stream was open.
  const lines = useRead('listRawLines', { params: { id: sourceId } }, { refetchInterval: REFRESH_MS });
  const newestFirst = [...(lines.data ?? [])].sort((a, b) => b.sourceOffset - a.sourceOffset);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="tb-lines" style={{ height }} aria-label={t('rawLines')} tabIndex={0}>
      {lines.data?.length === 0 && (
        <Text c="dimmed" ta="center" p="xl" size="sm">
          {t('noLines')}
        </Text>
      )}
      {newestFirst.map((line) => (
        <div className="tb-line" key={line.sourceOffset}>
          <span className="tb-faint tb-num tb-small" title={formatInstant(line.receivedAtMs, language)}>
            {formatInstant(line.receivedAtMs, language)
              .split(/,? /)
              .find((part) => part.includes(':'))}
          </span>
          <Tooltip
            label={line.reason === null ? '' : textOr(`quarantine:reason.${line.reason}`, {}, line.reason)}
            disabled={line.reason === null}
          >
            <Badge size="xs" color={COLOR[line.outcome]}>
              {t(`app:outcome.${line.outcome}`)}
            </Badge>
          </Tooltip>
          <RawText text={line.text} isTrimmed />
        </div>
      ))}
    </section>
  );
}
