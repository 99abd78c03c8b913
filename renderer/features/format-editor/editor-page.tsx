/** Describes the lines of any PBX by pointing and choosing; every line is read anew at each step. */
import { Alert, Button, Group, Paper, Progress, Stack, Tabs, Text } from '@mantine/core';
import { IconBulb, IconDeviceFloppy, IconPointer } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { StoredDefinition, TryResult } from '../../../core/api/contract.ts';
import { call } from '../../api.ts';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { showFailure } from '../../toasts.ts';
import {
  addDateLine,
  addShape,
  addSkip,
  applyProposal,
  changeShape,
  type Definition,
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
import { firstDefinition } from './imported.ts';
import { LineList } from './line-list.tsx';
import { type GivenLines, LinesStep } from './lines-step.tsx';
import { addContinuation, linesLike } from './record-draft.ts';
import { RecordSettings } from './record-settings.tsx';
import { plainRecords, rowsOf } from './rows.ts';
import { SavePanel } from './save-panel.tsx';
import { ShapeSettings } from './shape-settings.tsx';
import { type Mark, useMarking } from './use-marking.ts';
import { useTry } from './use-try.ts';

interface Opened {
  readonly definition: Definition;
  readonly version: number;
  readonly lines: GivenLines;
}

const linesOf = (stored: StoredDefinition): GivenLines => ({
  text: (stored.definition.samples ?? []).map(({ text }) => text).join('\n'),
  isBytes: false,
});

/** A built-in definition is copied: its own name and version begin anew. */
function openedOf(stored: StoredDefinition): Opened {
  const definition = stored.isOwn
    ? stored.definition
    : { ...stored.definition, id: 'own-new', title: `${stored.definition.title} 2` };
  return { definition, version: stored.version, lines: linesOf(stored) };
}

export function FormatEditorPage() {
  const { t } = useTranslation('formats');
  const [search] = useSearchParams();
  const formatId = search.get('format');
  const stored = useRead('getDefinition', { params: { formatId: formatId ?? '' } }, { enabled: formatId !== null });
  if (formatId === null) {
    return <Editor opened={{ definition: firstDefinition(), version: 0, lines: NO_LINES }} />;
  }
  if (stored.data === undefined) {
    return (
      <Page title={t('editor.title')}>{stored.isError && <Alert color="red">{t('editor.notEditable')}</Alert>}</Page>
    );
  }
  return <Editor key={formatId} opened={openedOf(stored.data)} />;
}

const NO_LINES: GivenLines = { text: '', isBytes: false };

function Editor({ opened }: { readonly opened: Opened }) {
  const { t } = useTranslation('formats');
  const [definition, setDefinition] = useState(opened.definition);
  const [version, setVersion] = useState(opened.version);
  const [lines, setLines] = useState(opened.lines);
  const [areLinesOpen, setAreLinesOpen] = useState(opened.lines.text === '');
  const [shapeIndex, setShapeIndex] = useState(0);
  const [isProposed, setIsProposed] = useState(false);
  const [isSaving, setIsSaving] = useState(false);

  const propose = async (given: GivenLines): Promise<void> => {
    try {
      const proposal = await call('proposeDefinition', { body: given });
      setDefinition((before) => applyProposal(before, shapeIndex, proposal));
      setIsProposed(proposal.shape !== null);
    } catch (error) {
      showFailure(error);
    }
  };
  const takeLines = (given: GivenLines): void => {
    setLines(given);
    setAreLinesOpen(false);
    if (definition.layouts.every((shape) => shape.fields.length === 0)) void propose(given);
  };

  if (areLinesOpen) {
    return (
      <Page title={t('editor.title')} lead={t('editor.lead')}>
        <LinesStep lines={lines} onGiven={takeLines} />
      </Page>
    );
  }
  return (
    <Page
      title={definition.title === '' ? t('editor.title') : definition.title}
      isFixed
      actions={
        <>
          <Button variant="default" onClick={() => setAreLinesOpen(true)}>
            {t('editor.otherLines')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconBulb size={16} stroke={1.6} />}
            onClick={() => void propose(lines)}
          >
            {t('editor.propose')}
          </Button>
          <Button leftSection={<IconDeviceFloppy size={16} stroke={1.6} />} onClick={() => setIsSaving(true)}>
            {t('editor.save')}
          </Button>
        </>
      }
    >
      <Workbench
        definition={definition}
        lines={lines}
        shapeIndex={shapeIndex}
        isProposed={isProposed}
        onProposalSeen={() => setIsProposed(false)}
        onShape={setShapeIndex}
        onChange={setDefinition}
      />
      <SavePanel
        isOpen={isSaving}
        definition={definition}
        version={version}
        lines={lines.text.split('\n').filter((line) => line.trim() !== '')}
        onNamed={setDefinition}
        onSaved={(saved) => {
          setVersion(saved.version);
          setDefinition(saved.definition);
        }}
        onClose={() => setIsSaving(false)}
      />
    </Page>
  );
}

interface WorkbenchProps {
  readonly definition: Definition;
  readonly lines: GivenLines;
  readonly shapeIndex: number;
  readonly isProposed: boolean;
  readonly onProposalSeen: () => void;
  readonly onShape: (index: number) => void;
  readonly onChange: (definition: Definition) => void;
}

const isUnread = ({ outcome }: TryResult['lines'][number]): boolean =>
  outcome === 'malformed' || outcome === 'incomplete';

function Workbench({ definition, lines, shapeIndex, isProposed, onProposalSeen, onShape, onChange }: WorkbenchProps) {
  const { t } = useTranslation('formats');
  const [at, setAt] = useState<Place>();
  const [tab, setTab] = useState<string | null>('field');
  const meaningRef = useRef<HTMLInputElement>(null);
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
    if (shape === undefined) return;
    const line = texts[mark.row] ?? '';
    const place = placeOf(shape, line, mark, rows[mark.row]?.line);
    if (place === undefined) return;
    const known = shape.fields.find((field) => samePlace(field.at, place));
    // A click on a field opens it; dragging over one marks its place anew.
    const chosen = isClick && known !== undefined ? known.at : place;
    setAt(chosen);
    setTab('field');
    const stretch = stretchOf(shape, line, chosen);
    if (stretch !== undefined && isClick) marking.setMark({ row: mark.row, ...stretch });
  };
  /** Proposes what the lines that begin like this one are, and opens that shape. */
  const describeOther = async (line: string, isContinuation: boolean): Promise<void> => {
    const text = linesLike(line, rawLines).join('\n');
    const bare = shapeOfKind(shape?.kind ?? 'columns', shape?.kind === 'separated' ? shape.separator : ',');
    try {
      const proposal = await call('proposeDefinition', { body: { text, isBytes: lines.isBytes } });
      const found = proposal.shape?.kind === bare.kind ? proposal.shape : bare;
      onChange(isContinuation ? addContinuation(definition, line, found) : addShape(definition, found));
      onShape(definition.layouts.length);
    } catch (error) {
      showFailure(error);
    }
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
    onEnter: () => meaningRef.current?.focus(),
    onDelete: remove,
  });
  const field = at === undefined ? undefined : shape?.fields.find((one) => samePlace(one.at, at));

  return (
    <div className="tb-editor">
      <Stack gap="xs" className="tb-editor-main">
        <Reached
          tried={tried}
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
          onSkip={(rule) => onChange(addSkip(definition, rule))}
          onDateLine={(line, date) => onChange(addDateLine(definition, line, date))}
          onOtherShape={(line, isContinuation) => void describeOther(line, isContinuation)}
        />
      </Stack>
      <Paper className="tb-editor-side" p="sm">
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List grow mb="sm">
            <Tabs.Tab value="field">{t('tab.field')}</Tabs.Tab>
            <Tabs.Tab value="lines">{t('tab.lines')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="field">
            <Stack gap="md">
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
              <ShapeSettings definition={definition} shapeIndex={shapeIndex} onShape={onShape} onChange={onChange} />
            </Stack>
          </Tabs.Panel>
        </Tabs>
      </Paper>
    </div>
  );
}

/** How far the description is. */
interface ReachedProps {
  readonly tried: TryResult | undefined;
  /** Absent where text outside the fields is of no interest already. */
  readonly onIgnoreRest: (() => void) | undefined;
}

function Reached({ tried, onIgnoreRest }: ReachedProps) {
  const { t } = useTranslation('formats');
  const total = tried?.lines.length ?? 0;
  const understood = tried?.understood ?? 0;
  const hasRest = tried?.lines.some((line) => isUnread(line) && line.leftover.length > 0) === true;
  const percent = total === 0 ? 0 : Math.floor((understood / total) * 100);
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress value={percent} flex={1} size={8} aria-label={t('reached.label')} />
      {hasRest && onIgnoreRest !== undefined && (
        <Button size="compact-xs" variant="default" onClick={onIgnoreRest}>
          {t('reached.ignoreRest')}
        </Button>
      )}
      <Text size="sm" fw={600} className="tb-num" role="status">
        {t('reached.text', { percent, understood, count: total })}
      </Text>
    </Group>
  );
}
