/**
 * Newest on top. While the reader has scrolled down, the browser's scroll anchoring keeps the rows in place; new ones are
 * counted on a button instead.
 */
import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallCells, CallHead } from '../../components/call-row.tsx';
import { Grid, GridRow, GridRowGroup } from '../../components/grid-parts.ts';
import { rowKeys } from '../../components/row-keys.ts';
import { type ArrivedCall, arrivalCount } from '../../live-events.ts';
import { useObservable } from '../../observable.ts';

const FRESH_MS = 2600;

interface RowProps {
  readonly entry: ArrivedCall;
  readonly isOpen: boolean;
  readonly isFirst: boolean;
  readonly onOpen: (id: number) => void;
}

const LiveRow = memo(function LiveRow({ entry, isOpen, isFirst, onOpen }: RowProps) {
  const [isFresh] = useState(() => Date.now() - entry.arrivedAtMs < FRESH_MS);
  const { id } = entry.call;
  return (
    <GridRow
      tabIndex={isFirst ? 0 : -1}
      className="tb-grid-row"
      data-press
      data-fresh={isFresh || undefined}
      data-chosen={isOpen || undefined}
      onClick={() => onOpen(id)}
      onKeyDown={rowKeys(() => onOpen(id))}
    >
      <CallCells call={entry.call} />
    </GridRow>
  );
});

interface LiveCallsProps {
  readonly calls: readonly ArrivedCall[];
  readonly openId: number | undefined;
  readonly onOpen: (id: number) => void;
}

export function LiveCalls({ calls, openId, onOpen }: LiveCallsProps) {
  const { t } = useTranslation('live');
  const body = useRef<HTMLDivElement>(null);
  const arrived = useObservable(arrivalCount);
  const [seen, setSeen] = useState(arrived);
  const [isAtTop, setIsAtTop] = useState(true);

  useEffect(() => {
    if (isAtTop) setSeen(arrived);
  }, [isAtTop, arrived]);

  const unseen = arrived - seen;
  return (
    <Grid className="tb-grid" aria-label={t('callsLabel')}>
      <div className="tb-grid-head-wrap">
        <CallHead />
      </div>
      <GridRowGroup
        className="tb-grid-body"
        ref={body}
        onScroll={(event) => setIsAtTop(event.currentTarget.scrollTop < 8)}
      >
        {calls.map((entry, index) => (
          <LiveRow
            key={entry.call.id}
            entry={entry}
            isOpen={entry.call.id === openId}
            isFirst={index === 0}
            onOpen={onOpen}
          />
        ))}
      </GridRowGroup>
      {!isAtTop && unseen > 0 && (
        <Button
          className="tb-new-calls"
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowUp size={14} />}
          onClick={() => body.current?.scrollTo({ top: 0, behavior: 'smooth' })}
        >
          {t('newCalls', { count: unseen })}
        </Button>
      )}
    </Grid>
  );
}
