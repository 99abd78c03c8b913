/** An answer that was signed on paper. */
import { Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Statement } from '../../../core/api/contract.ts';
import { DayInput } from '../../components/day-input.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { rememberedWho, rememberWho, WhoInput } from '../../components/who-input.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { useToday } from '../../site.ts';

interface PaperDialogProps {
  readonly month: string;
  readonly person: Statement;
  readonly onClose: () => void;
}

const ANSWERS = ['confirmed', 'disputed'] as const;

export function PaperDialog({ month, person: { personId, name }, onClose }: PaperDialogProps) {
  const { t } = useTranslation(['statements', 'app']);
  const today = useToday();
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number]>('confirmed');
  const [signedDay, setSignedDay] = useState(today);
  const [note, setNote] = useState('');
  const [by, setBy] = useState(rememberedWho);
  const save = useWrite('notePaperAnswer', {
    showsErrors: true,
    refresh: ['listStatements'],
    onDone: () => {
      rememberWho(by);
      onClose();
    },
  });
  const body = { month, personId, answer, signedDay, note, by };
  const errors = useFieldErrors(save.error, body);
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('paper.title', { name })}</Text>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ body });
        }}
      >
        <Stack gap="sm">
          <Radio.Group
            label={t('paper.answer')}
            value={answer}
            onChange={(value) => setAnswer(value === 'disputed' ? 'disputed' : 'confirmed')}
          >
            <Stack gap={6} mt={6}>
              {ANSWERS.map((value) => (
                <Radio key={value} value={value} label={t(`paper.${value}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <DayInput
            required
            label={t('paper.day')}
            value={signedDay}
            error={errors.at('signedDay')}
            onChange={(day) => setSignedDay(day ?? '')}
          />
          <Textarea
            label={t('paper.note')}
            description={t('paper.noteHelp')}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <WhoInput value={by} onChange={setBy} />
          <FormFailure error={save.error} unshown={['by']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('paper.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
