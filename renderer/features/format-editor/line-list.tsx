/** Every line as the definition reads it, the ones it cannot read on top. Here fields are marked. */
import { ActionIcon, Badge, Button, Group, Menu, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { PointerEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Definition } from '../../../core/api/contract.ts';
import { firstWordOf, notACall, type SkipRule, type Stretch } from './draft.ts';
import { MarkedLine } from './marked-line.tsx';
import { isUnread } from './reached.tsx';
import { reasonWords, recordWords } from './record-words.ts';
import type { Row } from './rows.ts';
import type { Marking } from './use-marking.ts';

interface LineListProps {
  readonly rows: readonly Row[];
  readonly definition: Definition;
  readonly shapeIndex: number;
  readonly marking: Marking;
  readonly listRef: Ref<HTMLDivElement>;
  readonly onSkip: (rule: SkipRule) => void;
  /** The marked part of a line is the date of the lines below. */
  readonly onDateLine: (line: string, date: Stretch) => void;
  readonly onOtherShape: (line: string, isContinuation: boolean) => void;
}

const COLOURS = { call: 'ledger', part: 'blue', noise: 'gray', malformed: 'red', incomplete: 'red' } as const;

export function LineList({ rows, listRef, ...common }: LineListProps) {
  const { marking } = common;
  const { t } = useTranslation('formats');
  const keys = keysOf(rows.map(({ text }) => text));
  const width = Math.max(0, ...rows.map(({ text }) => text.length));
  const markedLine = rows[marking.mark?.row ?? -1]?.line;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would not scroll sideways as one field
    <div
      ref={listRef}
      className="tb-editor-lines"
      role="group"
      aria-label={t('mark.label')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the whole list is one field for the arrow keys
      tabIndex={0}
      onKeyDown={marking.onKeyDown}
      onFocus={marking.onFocus}
    >
      <Ruler width={width} />
      {rows.map((row, number) => (
        <LineRow key={keys[number]} row={row} number={number} isLikeMarked={row.line === markedLine} {...common} />
      ))}
    </div>
  );
}

/** Equal lines are told apart by how many of them came before. */
function keysOf(texts: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const count = seen.get(text) ?? 0;
    seen.set(text, count + 1);
    return `${count}:${text}`;
  });
}

/** Counts the columns: a figure every ten characters. */
function Ruler({ width }: { readonly width: number }) {
  const tens = Array.from({ length: Math.ceil(Math.max(width, 10) / 10) }, (_, at) =>
    String((at + 1) * 10).padStart(10, '·'),
  );
  return (
    <div className="tb-mono tb-editor-ruler" aria-hidden>
      {tens.join('')}
    </div>
  );
}

interface LineRowProps extends Omit<LineListProps, 'rows' | 'listRef'> {
  readonly row: Row;
  readonly number: number;
  /** The marked stretch lies in the same line of a record. */
  readonly isLikeMarked: boolean;
}

function LineRow({ row, number, isLikeMarked, definition, shapeIndex, marking, ...actions }: LineRowProps) {
  const { t } = useTranslation('formats');
  const { record } = row;
  const isOpen = isUnread(record);
  const { mark, caret } = marking;
  const shape = definition.layouts[record.layout ?? shapeIndex];
  // The stretch being marked shows in every line: columns stand under each other.
  const marked =
    mark !== undefined && (mark.row === number || (shape?.kind === 'columns' && isLikeMarked)) ? mark : undefined;
  return (
    <div className="tb-editor-line" data-unread={isOpen || undefined} data-open={!row.isLast || undefined}>
      <div
        className="tb-editor-text"
        onPointerDown={(event: PointerEvent<HTMLElement>) => marking.onPointerDown(number, event)}
        onPointerMove={marking.onPointerMove}
        onPointerUp={marking.onPointerUp}
      >
        <MarkedLine row={row} shape={shape} marked={marked} caret={caret?.row === number ? caret.at : undefined} />
      </div>
      {row.isLast && (
        <Group gap={6} wrap="nowrap" className="tb-editor-reading">
          <Badge size="xs" color={COLOURS[record.outcome]}>
            {t(`outcome.${record.outcome}`)}
          </Badge>
          {isOpen ? (
            <UnreadActions row={row} mark={mark?.row === number ? mark : undefined} {...actions} />
          ) : (
            <Text size="xs" c="dimmed" component="span">
              {recordWords(record, t)}
            </Text>
          )}
        </Group>
      )}
    </div>
  );
}

interface UnreadActionsProps extends Pick<LineListProps, 'onSkip' | 'onDateLine' | 'onOtherShape'> {
  readonly row: Row;
  /** What is marked in this line. */
  readonly mark: Stretch | undefined;
}

/** Why a line was not read, and what else than a call it may be. */
function UnreadActions({ row, mark, onSkip, onDateLine, onOtherShape }: UnreadActionsProps) {
  const { t } = useTranslation('formats');
  const { text, record } = row;
  const word = firstWordOf(text);
  return (
    <>
      <Text size="xs" component="span" className="tb-editor-reason">
        {reasonWords(record.reason ?? '')}
      </Text>
      <Button size="compact-xs" variant="default" onClick={() => onSkip(notACall(text))}>
        {t('skip.like')}
      </Button>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('skip.more')}>
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={word === ''} onClick={() => onSkip({ name: 'not-a-call', startsWith: word })}>
            {t('skip.startsWith', { word })}
          </Menu.Item>
          <Menu.Item
            disabled={mark === undefined}
            onClick={() => {
              if (mark !== undefined) onDateLine(text, mark);
            }}
          >
            {t('dateLine.add')}
          </Menu.Item>
          <Menu.Item onClick={() => onOtherShape(text, true)}>{t('shape.goesOn')}</Menu.Item>
          <Menu.Item onClick={() => onOtherShape(text, false)}>{t('shape.addFor')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
