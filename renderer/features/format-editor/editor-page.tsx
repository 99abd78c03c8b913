/** Describes the lines of any PBX by pointing and choosing; every line is read anew at each step. */
import { Alert, Button } from '@mantine/core';
import { IconBulb, IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { StoredDefinition } from '../../../core/api/contract.ts';
import { call } from '../../api.ts';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../query-client.ts';
import { showFailure } from '../../toasts.ts';
import { applyProposal, type Definition } from './draft.ts';
import { firstDefinition } from './imported.ts';
import { type GivenLines, LinesStep } from './lines-step.tsx';
import { SavePanel } from './save-panel.tsx';
import { useHistory } from './use-history.ts';
import { Workbench } from './workbench.tsx';

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
  const { definition, change, replace, undo } = useHistory(opened.definition);
  const [version, setVersion] = useState(opened.version);
  const [lines, setLines] = useState(opened.lines);
  const [areLinesOpen, setAreLinesOpen] = useState(opened.lines.text === '');
  const [shapeIndex, setShapeIndex] = useState(0);
  const [isProposed, setIsProposed] = useState(false);
  const [isSaving, setIsSaving] = useState(false);

  const propose = async (given: GivenLines): Promise<void> => {
    try {
      const proposal = await call('proposeDefinition', { body: given });
      change((before) => applyProposal(before, shapeIndex, proposal));
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
        onChange={(next) => change(() => next)}
        onUndo={undo}
      />
      <SavePanel
        isOpen={isSaving}
        definition={definition}
        version={version}
        lines={lines.text.split('\n').filter((line) => line.trim() !== '')}
        onNamed={replace}
        onSaved={(saved) => {
          setVersion(saved.version);
          replace(saved.definition);
        }}
        onClose={() => setIsSaving(false)}
      />
    </Page>
  );
}
