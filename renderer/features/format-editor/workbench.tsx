/** The lines, what is marked in them, and what it means. */
import { Alert, Group, Paper, Stack, Tabs, Text } from '@mantine/core';
import { IconBulb, IconPointer } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import { showFailure } from '../../toasts.ts';
import {
  addDateLine,
  addShape,
  addSkip,
  changeShape,
  type Definition,
  notACall,
  type Place,
  placeOf,
  putField,
  removeField,
  samePlace,
  shapeOfKind,
  stretchOf,
  valuesAt,
} from './draft.ts';
import { FieldList } from './field-list.tsx';
import { FieldPanel } from './field-panel.tsx';
import { KeyHelp } from './key-help.tsx';
import { LineList } from './line-list.tsx';
import type { GivenLines } from './lines-step.tsx';
import { isUnread, Reached } from './reached.tsx';
import { addContinuation, linesLike } from './record-draft.ts';
import { RecordSettings } from './record-settings.tsx';
import { plainRecords, rowsOf } from './rows.ts';
import { ShapeChoice, ShapeSettings } from './shape-settings.tsx';
import { type Mark, useMarking } from './use-marking.ts';
import { useTry } from './use-try.ts';

interface WorkbenchProps {
  readonly definition: Definition;
  readonly lines: GivenLines;
  readonly shapeIndex: number;
  readonly isProposed: boolean;
  readonly onProposalSeen: () => void;
  readonly onShape: (index: number) => void;
  readonly onChange: (definition: Definition) => void;
  /** Absent while nothing was changed. */
  readonly onUndo: (() => void) | undefined;
}

export function Workbench({
  definition,
  lines,
  shapeIndex: chosenIndex,
  isProposed,
  onProposalSeen,
  onShape,
  onChange,
  onUndo,
}: WorkbenchProps) {
  // A step back may take away the shape that was being described.
  const shapeIndex = Math.min(chosenIndex, definition.layouts.length - 1);
  const { t } = useTranslation('formats');
  const [at, setAt] = useState<Place>();
  const [tab, setTab] = useState<string | null>('field');
  const meaningRef = useRef<HTMLInputElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const [isChoosing, setIsChoosing] = useState(false);
  // The choice of meanings may appear only now, with what has just been marked.
  useEffect(() => {
    if (!isChoosing) return;
    setIsChoosing(false);
    meaningRef.current?.focus();
  }, [isChoosing]);
  const shape = definition.layouts[shapeIndex];
  const tried = useTry(definition, lines);
  const rawLines = lines.text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  // Without an answer (a definition that cannot be tried yet) the lines themselves are shown, so that marking goes on.
  const answered = tried?.lines ?? [];
  const records =
    answered.length > 0
      ? [...answered.filter(isUnread), ...answered.filter((line) => !isUnread(line))]
      : plainRecords(rawLines, definition.record);
  const rows = rowsOf(records);
  const texts = rows.map(({ text }) => text);
  const lineOf = (place: Place): number => ('start' in place ? (place.line ?? 1) : 1);
  const rowsAt = (place: Place): readonly string[] =>
    rows.filter(({ line }) => line === lineOf(place)).map(({ text }) => text);

  const choose = (mark: Mark, isClick: boolean): void => {
    const row = rows[mark.row];
    if (row === undefined) return;
    // A line that is read belongs to the shape that reads it; any other to the one being described.
    const index = isUnread(row.record) ? shapeIndex : (row.record.layout ?? shapeIndex);
    const markedShape = definition.layouts[index];
    const place = markedShape === undefined ? undefined : placeOf(markedShape, row.text, mark, row.line);
    if (markedShape === undefined || place === undefined) return;
    const known = markedShape.fields.find((field) => samePlace(field.at, place));
    // A click on a field opens it; dragging over one marks its place anew.
    const chosen = isClick && known !== undefined ? known.at : place;
    if (index !== shapeIndex) onShape(index);
    setAt(chosen);
    setTab('field');
    const stretch = stretchOf(markedShape, row.text, chosen);
    if (stretch !== undefined && isClick) marking.setMark({ row: mark.row, ...stretch });
  };
  /** The button that was pressed goes away with its line; the keys stay with the list. */
  const changeFromList = (next: Definition): void => {
    onChange(next);
    listRef.current?.focus();
  };
  /** Proposes what the lines that begin like this one are, and opens that shape. */
  const describeOther = async (line: string, isContinuation: boolean): Promise<void> => {
    const text = linesLike(line, rawLines).join('\n');
    const bare = shapeOfKind(shape?.kind ?? 'columns', shape?.kind === 'separated' ? shape.separator : ',');
    try {
      const proposal = await call('proposeDefinition', { body: { text, isBytes: lines.isBytes } });
      const found = proposal.shape?.kind === bare.kind ? proposal.shape : bare;
      changeFromList(isContinuation ? addContinuation(definition, line, found) : addShape(definition, found));
      setAt(undefined);
      // A continuation that is told from its looks needs no more; what is left to mark is in the other lines.
      if (!isContinuation || found.fields.length === 0) onShape(definition.layouts.length);
    } catch (error) {
      showFailure(error);
    }
  };
  const chooseShape = (index: number): void => {
    setAt(undefined);
    marking.setMark(undefined);
    onShape(index);
  };
  const remove = (): void => {
    if (at === undefined) return;
    onChange(removeField(definition, shapeIndex, at));
    setAt(undefined);
    marking.setMark(undefined);
  };
  const marking = useMarking({
    rows: texts,
    onMarked: choose,
    onEnter: () => setIsChoosing(true),
    onDelete: remove,
    onUndo: () => onUndo?.(),
    onNoCall: (row) => {
      const record = rows[row]?.record;
      if (record !== undefined && isUnread(record)) onChange(addSkip(definition, notACall(record.text)));
    },
  });
  const field = at === undefined ? undefined : shape?.fields.find((one) => samePlace(one.at, at));

  return (
    <div className="tb-editor">
      <Stack gap="xs" className="tb-editor-main">
        <Reached
          tried={tried}
          onUndo={onUndo}
          onIgnoreRest={
            shape === undefined || shape.kind === 'pattern' || shape.isLeftoverAllowed === true
              ? undefined
              : () => onChange(changeShape(definition, shapeIndex, { isLeftoverAllowed: true }))
          }
        />
        {isProposed && (
          <Alert
            color="yellow"
            icon={<IconBulb size={18} />}
            withCloseButton
            closeButtonLabel={t('proposal.close')}
            onClose={onProposalSeen}
            p="xs"
          >
            {t('proposal.text')}
          </Alert>
        )}
        {tried !== undefined && tried.problems.length > 0 && (
          <Alert color="orange" p="xs">
            {tried.problems.slice(0, 3).map(({ path, message }) => (
              <div key={`${path}:${message}`}>{message}</div>
            ))}
          </Alert>
        )}
        <LineList
          rows={rows}
          definition={definition}
          shapeIndex={shapeIndex}
          marking={marking}
          listRef={listRef}
          onSkip={(rule) => changeFromList(addSkip(definition, rule))}
          onDateLine={(line, date) => changeFromList(addDateLine(definition, line, date))}
          onOtherShape={(line, isContinuation) => void describeOther(line, isContinuation)}
        />
        <KeyHelp />
      </Stack>
      <Paper
        className="tb-editor-side"
        p="sm"
        onKeyDown={(event) => {
          // Escape first closes what is open inside.
          if (event.key === 'Escape' && !event.defaultPrevented) listRef.current?.focus();
        }}
      >
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List grow mb="sm">
            <Tabs.Tab value="field">{t('tab.field')}</Tabs.Tab>
            <Tabs.Tab value="lines">{t('tab.lines')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="field">
            <Stack gap="md">
              {definition.layouts.length > 1 && (
                <ShapeChoice definition={definition} shapeIndex={shapeIndex} onShape={chooseShape} />
              )}
              {at === undefined || shape === undefined ? (
                <Group gap={8} wrap="nowrap" align="flex-start" c="dimmed">
                  <IconPointer size={18} stroke={1.6} aria-hidden className="tb-editor-hint-icon" />
                  <Text size="sm">{t('mark.help')}</Text>
                </Group>
              ) : (
                <FieldPanel
                  at={at}
                  field={field}
                  values={valuesAt(shape, rowsAt(at), at)}
                  defaults={definition.defaults}
                  meaningRef={meaningRef}
                  onChange={(next) => onChange(putField(definition, shapeIndex, next))}
                  onDefaults={(defaults) => onChange({ ...definition, defaults })}
                  onRemove={remove}
                />
              )}
              {shape !== undefined && (
                <FieldList
                  shape={shape}
                  chosen={at}
                  onChoose={(place) => {
                    setAt(place);
                    const row = rows.findIndex(({ line }) => line === lineOf(place));
                    const stretch = stretchOf(shape, texts[row] ?? '', place);
                    if (stretch !== undefined) marking.setMark({ row, ...stretch });
                  }}
                />
              )}
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="lines">
            <Stack gap="sm">
              <RecordSettings definition={definition} lines={rawLines} onChange={onChange} />
              <ShapeSettings
                definition={definition}
                shapeIndex={shapeIndex}
                onShape={chooseShape}
                onChange={onChange}
              />
            </Stack>
          </Tabs.Panel>
        </Tabs>
      </Paper>
    </div>
  );
}
