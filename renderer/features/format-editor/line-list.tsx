/** Every line as the definition reads it, the ones it cannot read on top. Here fields are marked. */
import { ActionIcon, Badge, Button, Group, Menu, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Definition, TriedLine } from '../../../core/api/contract.ts';
import { textOr } from '../../language.ts';
import { firstWordOf, type SkipRule, type Stretch } from './draft.ts';
import { MarkedLine } from './marked-line.tsx';
import { recordWords } from './record-words.ts';
import type { Marking } from './use-marking.ts';

interface LineListProps {
  readonly lines: readonly TriedLine[];
  readonly definition: Definition;
  readonly shapeIndex: number;
  readonly marking: Marking;
  readonly onSkip: (rule: SkipRule) => void;
  /** The marked part of a line is the date of the lines below. */
  readonly onDateLine: (line: string, date: Stretch) => void;
  readonly onOtherShape: () => void;
}

const COLOURS = { call: 'ledger', part: 'blue', noise: 'gray', malformed: 'red', incomplete: 'red' } as const;

export function LineList({ lines, ...common }: LineListProps) {
  const { marking } = common;
  const { t } = useTranslation('formats');
  const keys = keysOf(lines.map(({ text }) => text));
  const width = Math.max(0, ...lines.map(({ text }) => text.length));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would not scroll sideways as one field
    <div
      className="tb-editor-lines"
      role="group"
      aria-label={t('mark.label')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the whole list is one field for the arrow keys
      tabIndex={0}
      onKeyDown={marking.onKeyDown}
      onFocus={marking.onFocus}
    >
      <Ruler width={width} />
      {lines.map((line, row) => (
        <LineRow key={keys[row]} line={line} row={row} {...common} />
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

/** `bad-<field>` and `no-<field>` name the field where no sentence of their own is there. */
function reasonWords(reason: string): string {
  const [, kind = '', means = ''] = /^(bad|no)-(.+)$/.exec(reason) ?? [];
  const field = textOr(`formats:meaning.${means}`, {}, means);
  const fallback = kind === '' ? reason : textOr(`formats:reason.${kind}Field`, { field }, reason);
  return textOr(`formats:reason.${reason}`, {}, textOr(`quarantine:reason.${reason}`, {}, fallback));
}

interface LineRowProps extends Omit<LineListProps, 'lines'> {
  readonly line: TriedLine;
  readonly row: number;
}

function LineRow({ line, row, definition, shapeIndex, marking, onSkip, onDateLine, onOtherShape }: LineRowProps) {
  const { t } = useTranslation('formats');
  const isUnread = line.outcome === 'malformed' || line.outcome === 'incomplete';
  const { mark, caret } = marking;
  const shape = definition.layouts[line.layout ?? shapeIndex];
  // The stretch being marked shows in every line: columns stand under each other.
  const marked = mark !== undefined && (mark.row === row || shape?.kind === 'columns') ? mark : undefined;
  return (
    <div className="tb-editor-line" data-unread={isUnread || undefined}>
      <div
        className="tb-editor-text"
        onPointerDown={(event: PointerEvent<HTMLElement>) => marking.onPointerDown(row, event)}
        onPointerMove={marking.onPointerMove}
        onPointerUp={marking.onPointerUp}
      >
        <MarkedLine line={line} shape={shape} marked={marked} caret={caret?.row === row ? caret.at : undefined} />
      </div>
      <Group gap={6} wrap="nowrap" className="tb-editor-reading">
        <Badge size="xs" color={COLOURS[line.outcome]}>
          {t(`outcome.${line.outcome}`)}
        </Badge>
        {isUnread ? (
          <>
            <Text size="xs" component="span" className="tb-editor-reason">
              {reasonWords(line.reason ?? '')}
            </Text>
            <Button size="compact-xs" variant="default" onClick={() => onSkip({ name: 'not-a-call', like: line.text })}>
              {t('skip.like')}
            </Button>
            <Menu position="bottom-start" withinPortal>
              <Menu.Target>
                <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('skip.more')}>
                  <IconDots size={14} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  disabled={firstWordOf(line.text) === ''}
                  onClick={() => onSkip({ name: 'not-a-call', startsWith: firstWordOf(line.text) })}
                >
                  {t('skip.startsWith', { word: firstWordOf(line.text) })}
                </Menu.Item>
                <Menu.Item
                  disabled={mark?.row !== row}
                  onClick={() => {
                    if (mark !== undefined) onDateLine(line.text, mark);
                  }}
                >
                  {t('dateLine.add')}
                </Menu.Item>
                <Menu.Item onClick={onOtherShape}>{t('shape.addFor')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        ) : (
          <Text size="xs" c="dimmed" component="span">
            {recordWords(line, t)}
          </Text>
        )}
      </Group>
    </div>
  );
}
