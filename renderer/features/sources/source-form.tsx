/** Adds a source or changes one. */
import { Button, Drawer, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { EarlierCallsNote } from '../reread/earlier-calls.tsx';
import { ConnectionFields } from './connection-fields.tsx';
import { FormatFields } from './format-fields.tsx';
import { KindChoices } from './kind-choices.tsx';
import { draftOf, firstFormat, newDraft, type SourceDraft } from './source-draft.ts';

interface SourceFormProps {
  /** Absent: a new source. */
  readonly source: Source | undefined;
  readonly isOpen: boolean;
  readonly onSaved: (id: number) => void;
  readonly onClose: () => void;
}

export function SourceForm({ source, isOpen, onSaved, onClose }: SourceFormProps) {
  const { t } = useTranslation('sources');
  const title = source === undefined ? t('form.addTitle') : t('form.editTitle', { name: source.name });
  return (
    <Drawer opened={isOpen} onClose={onClose} size={660} title={<Text fw={650}>{title}</Text>}>
      {isOpen && <Form source={source} onSaved={onSaved} onClose={onClose} />}
    </Drawer>
  );
}

function Form({ source, onSaved, onClose }: Omit<SourceFormProps, 'isOpen'>) {
  const { t } = useTranslation(['sources', 'app']);
  const formats = useRead('listFormats', undefined, { staleTime: Number.POSITIVE_INFINITY });
  const [draft, setDraft] = useState<SourceDraft | undefined>(source === undefined ? undefined : draftOf(source));
  const onDone = (saved: Source): void => {
    showDone(t('app:saved'));
    onSaved(saved.id);
    onClose();
  };
  const add = useWrite('addSource', { refresh: ['listSources'], onDone, showsErrors: true });
  const change = useWrite('changeSource', { refresh: ['listSources'], onDone, showsErrors: true });
  const write = source === undefined ? add : change;
  const errors = useFieldErrors(write.error, draft);

  if (draft === undefined) {
    return (
      <KindChoices
        chosen={undefined}
        onChoose={(kind) => setDraft(newDraft(kind, t(`kind.${kind}.name`), firstFormat(formats.data ?? [], kind)))}
      />
    );
  }
  const save = (): void => {
    if (source === undefined) add.mutate({ body: draft });
    else change.mutate({ params: { id: source.id }, body: draft });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('field.name')}
          description={t('help.name')}
          value={draft.name}
          error={errors.at('name')}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <ConnectionFields config={draft.config} errors={errors} onChange={(config) => setDraft({ ...draft, config })} />
        <FormatFields
          kind={draft.config.kind}
          formatId={draft.formatId}
          options={draft.formatOptions}
          errors={errors}
          onChange={(formatId, formatOptions) => setDraft({ ...draft, formatId, formatOptions })}
        />
        <EarlierCallsNote source={source} draft={draft} />
        <Switch
          label={t('field.isEnabled')}
          description={t('help.isEnabled')}
          checked={draft.isEnabled}
          onChange={(event) => setDraft({ ...draft, isEnabled: event.currentTarget.checked })}
        />
        <FormFailure error={write.error} />
        <Group justify="flex-end" className="tb-form-foot">
          <Button variant="default" onClick={onClose}>
            {t('app:action.cancel')}
          </Button>
          <Button type="submit" loading={write.isPending}>
            {t('app:action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
