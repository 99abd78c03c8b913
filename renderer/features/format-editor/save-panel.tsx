/** Names the format, shows what a change would read differently, stores it, and gives it to a source. */
import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeEffect, Definition, StoredDefinition } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { FormatChoice, useEarlierCalls } from '../reread/earlier-calls.tsx';
import { RereadSources } from '../reread/reread-sources.tsx';
import { idOf } from './draft.ts';
import { sampleLinesOf } from './record-draft.ts';
import { reasonWords, recordWords } from './record-words.ts';

interface SavePanelProps {
  readonly isOpen: boolean;
  readonly definition: Definition;
  /** The stored version it was made from; 0 for a new format. */
  readonly version: number;
  readonly lines: readonly string[];
  readonly onNamed: (definition: Definition) => void;
  readonly onSaved: (stored: StoredDefinition) => void;
  readonly onClose: () => void;
}

export function SavePanel({ isOpen, definition, version, lines, onNamed, onSaved, onClose }: SavePanelProps) {
  const { t } = useTranslation('formats');
  const [effect, setEffect] = useState<ChangeEffect>();
  const [saved, setSaved] = useState<StoredDefinition>();
  const named: Definition = {
    ...definition,
    id: version === 0 ? idOf(definition.title) : definition.id,
    vendor: definition.vendor === '' ? definition.title : definition.vendor,
    models: definition.models.length === 0 ? [definition.title] : definition.models,
  };
  const sampleLines = sampleLinesOf(definition, lines);
  const body = { definition: named, after: version, sampleLines };
  const save = useWrite('saveDefinition', {
    refresh: ['listFormats', 'getDefinition', 'listSources'],
    showsErrors: true,
    onDone: (stored) => {
      setSaved(stored);
      onSaved(stored);
      showDone(t('save.done', { title: stored.definition.title }));
    },
  });
  const preview = useWrite('previewDefinition', {
    showsErrors: true,
    onDone: (found) => {
      if (found.differences.length === 0) save.mutate({ body });
      else setEffect(found);
    },
  });
  const close = (): void => {
    setEffect(undefined);
    setSaved(undefined);
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={close} title={<Text fw={650}>{t('save.title')}</Text>} size="lg">
      {saved !== undefined ? (
        <>
          <RereadSources formatId={saved.definition.id} />
          <UseForSource formatId={saved.definition.id} title={saved.definition.title} onDone={close} />
        </>
      ) : (
        <Stack>
          <FormFailure error={save.error ?? preview.error} unshown={['definition']} />
          <TextInput
            label={t('save.name')}
            description={t('save.nameHelp')}
            value={definition.title}
            onChange={(event) => onNamed({ ...definition, title: event.currentTarget.value })}
            data-autofocus
          />
          <Group grow align="flex-start">
            <TextInput
              label={t('save.vendor')}
              value={definition.vendor}
              onChange={(event) => onNamed({ ...definition, vendor: event.currentTarget.value })}
            />
            <TextInput
              label={t('save.models')}
              description={t('save.modelsHelp')}
              value={definition.models.join(', ')}
              onChange={(event) => {
                const models = event.currentTarget.value.split(/,\s*/);
                onNamed({ ...definition, models: models.filter((model) => model !== '') });
              }}
            />
          </Group>
          {effect !== undefined && <Differences effect={effect} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('save.cancel')}
            </Button>
            <Button
              disabled={definition.title.trim() === ''}
              loading={save.isPending || preview.isPending}
              onClick={() => {
                if (effect === undefined) preview.mutate({ body });
                else save.mutate({ body });
              }}
            >
              {t(effect === undefined ? 'save.action' : 'save.anyway')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

type Sample = ChangeEffect['differences'][number]['before'];

function sampleWords(sample: Sample | null, t: TFunction<'formats'>): string {
  if (sample === null) return '–';
  const { outcome, reason, record } = sample;
  if (record !== undefined) return `${t(`outcome.${outcome}`)}: ${recordWords({ record, doubts: [] }, t)}`;
  const isUnread = outcome === 'malformed' && reason !== undefined;
  return isUnread ? `${t('outcome.malformed')}: ${reasonWords(reason)}` : t(`outcome.${outcome}`);
}

function Differences({ effect }: { readonly effect: ChangeEffect }) {
  const { t } = useTranslation('formats');
  return (
    <Alert color="yellow" title={t('save.differs', { count: effect.differences.length })}>
      <Stack
        gap="xs"
        className="tb-editor-differences"
        role="group"
        aria-label={t('save.differs', { count: effect.differences.length })}
        tabIndex={0}
      >
        {effect.sources.length > 0 && (
          <Text size="sm">{t('save.sources', { names: effect.sources.map(({ name }) => name).join(', ') })}</Text>
        )}
        {effect.differences.slice(0, 20).map(({ text, before, after }) => (
          <div key={text}>
            <Text size="xs" className="tb-mono">
              {text}
            </Text>
            <Text size="xs" className="tb-wrap">
              {t('save.before')}: {sampleWords(before, t)}
            </Text>
            <Text size="xs" className="tb-wrap">
              {t('save.after')}: {sampleWords(after, t)}
            </Text>
          </div>
        ))}
      </Stack>
    </Alert>
  );
}

interface UseForSourceProps {
  readonly formatId: string;
  readonly title: string;
  readonly onDone: () => void;
}

/** Gives the stored format to a source; its unread lines are read with it at once, and it is asked about earlier calls. */
function UseForSource({ formatId, title, onDone }: UseForSourceProps) {
  const { t } = useTranslation('formats');
  const sources = useRead('listSources');
  const [chosen, setChosen] = useState<string | null>(null);
  const readAgain = useWrite('readAgain', {
    refresh: ['listQuarantine', 'listCalls', 'countCalls', 'getMonth', 'listSources'],
    onDone: ({ read }) => {
      showDone(t('use.read', { count: read }));
      onDone();
    },
  });
  const change = useWrite('changeSource', {
    refresh: ['listSources', 'listRawLines'],
    onDone: (source) => readAgain.mutate({ params: { id: source.id } }),
  });
  const source = sources.data?.find(({ id }) => String(id) === chosen);
  const reading = { formatId, formatOptions: {} };
  const earlier = useEarlierCalls(source, reading);
  const [isAsking, setIsAsking] = useState(false);
  const use = (): void => {
    if (source === undefined) return;
    const { id, name, config, isEnabled } = source;
    change.mutate({ params: { id }, body: { name, config, isEnabled, formatId, formatOptions: {} } });
  };
  return (
    <Stack>
      <Text size="sm">{t('use.text')}</Text>
      <Select
        label={t('use.source')}
        placeholder={t('use.choose')}
        data={(sources.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={chosen}
        onChange={setChosen}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('use.later')}
        </Button>
        <Button
          disabled={source === undefined}
          loading={change.isPending || readAgain.isPending}
          onClick={() => {
            if (earlier > 0) setIsAsking(true);
            else use();
          }}
        >
          {t('use.action')}
        </Button>
      </Group>
      {isAsking && source !== undefined && (
        <FormatChoice
          source={source}
          calls={earlier}
          reading={reading}
          newTitle={title}
          isBusy={change.isPending || readAgain.isPending}
          onOnlyNew={use}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Stack>
  );
}
