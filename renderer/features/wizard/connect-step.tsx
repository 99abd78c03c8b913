import { Paper, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { ConnectionFields } from '../sources/connection-fields.tsx';
import { KindChoices } from '../sources/kind-choices.tsx';
import { draftOf, firstFormat, newDraft, type SourceDraft } from '../sources/source-draft.ts';
import { StepFrame } from './step-frame.tsx';

interface ConnectStepProps {
  /** Set when the reader came back to this step. */
  readonly source: Source | undefined;
  readonly onBack: () => void;
  readonly onSaved: (sourceId: number) => void;
}

export function ConnectStep({ source, onBack, onSaved }: ConnectStepProps) {
  const { t } = useTranslation(['wizard', 'sources']);
  const formats = useRead('listFormats', undefined, { staleTime: Number.POSITIVE_INFINITY });
  const [draft, setDraft] = useState<SourceDraft | undefined>(source === undefined ? undefined : draftOf(source));
  const onDone = (saved: Source): void => onSaved(saved.id);
  const add = useWrite('addSource', { refresh: ['listSources'], onDone, showsErrors: true });
  const change = useWrite('changeSource', { refresh: ['listSources'], onDone, showsErrors: true });
  const error = add.error ?? change.error;
  const errors = useFieldErrors(error, draft);
  const save = (): void => {
    if (draft === undefined) return;
    if (source === undefined) add.mutate({ body: draft });
    else change.mutate({ params: { id: source.id }, body: draft });
  };
  return (
    <StepFrame
      title={t('connect.title')}
      text={t('connect.text')}
      onBack={onBack}
      onNext={save}
      isNextOff={draft === undefined}
      isBusy={add.isPending || change.isPending}
    >
      <Stack>
        <KindChoices
          chosen={draft?.config.kind}
          onChoose={(kind) => {
            add.reset();
            setDraft(newDraft(kind, t(`sources:kind.${kind}.name`), firstFormat(formats.data ?? [], kind)));
          }}
        />
        {draft !== undefined && (
          <Paper p="md">
            <form
              onSubmit={(event) => {
                event.preventDefault();
                save();
              }}
            >
              <Stack>
                <TextInput
                  label={t('sources:field.name')}
                  description={t('sources:help.name')}
                  maw={380}
                  value={draft.name}
                  error={errors.at('name')}
                  onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
                />
                <ConnectionFields
                  config={draft.config}
                  errors={errors}
                  onChange={(config) => setDraft({ ...draft, config })}
                />
                <FormFailure error={error} unshown={['format']} />
                <input type="submit" hidden />
              </Stack>
            </form>
          </Paper>
        )}
      </Stack>
    </StepFrame>
  );
}
