import { Alert, Button, Card, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deck, TariffVersion } from '../../../core/api/contract.ts';
import { DayInput } from '../../components/day-input.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { rememberedWho, rememberWho, WhoInput } from '../../components/who-input.tsx';
import { useWrite } from '../../query-client.ts';
import { useToday } from '../../site.ts';

interface SaveStepProps {
  readonly deck: Deck;
  readonly isNew: boolean;
  readonly onSaved: (version: TariffVersion) => void;
}

function nameOfFile(file: string): string {
  return file.replace(/\.[^.]+$/, '');
}

export function SaveStep({ deck, isNew, onSaved }: SaveStepProps) {
  const { t } = useTranslation('deck');
  const today = useToday();
  const [name, setName] = useState(nameOfFile(deck.files[0] ?? ''));
  const [note, setNote] = useState(deck.files.join(', '));
  // The next version of a tariff in use begins some day; a new tariff has no days before it.
  const [effectiveFrom, setEffectiveFrom] = useState<string | null>(isNew ? null : today);
  const [makeDefault, setMakeDefault] = useState(false);
  const [by, setBy] = useState(rememberedWho);
  const confirm = useWrite('confirmDeck', {
    showsErrors: true,
    refresh: ['listTariffs', 'getTariffChoices'],
    onDone: onSaved,
  });
  const save = (isPublished: boolean): void => {
    if (isPublished) rememberWho(by);
    confirm.mutate({
      params: { deckId: deck.deckId },
      body: {
        note,
        effectiveFrom,
        makeDefault: isNew && makeDefault,
        ...(isNew && { name: name.trim() }),
        ...(isPublished && { publishBy: by.trim() }),
      },
    });
  };
  const isUnnamed = isNew && name.trim() === '';
  return (
    <Card withBorder padding="lg" maw={720}>
      <Stack>
        {isNew && (
          <TextInput
            required
            label={t('import.save.name')}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <DayInput
          label={t('import.save.effectiveFrom')}
          description={t('import.save.always')}
          value={effectiveFrom}
          onChange={setEffectiveFrom}
        />
        {effectiveFrom !== null && effectiveFrom < today && <Alert color="orange">{t('import.save.pastDate')}</Alert>}
        <TextInput
          label={t('import.save.note')}
          value={note}
          maxLength={2000}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {isNew && (
          <Checkbox
            label={t('import.save.makeDefault')}
            checked={makeDefault}
            onChange={(event) => setMakeDefault(event.currentTarget.checked)}
          />
        )}
        <FormFailure error={confirm.error} unshown={['name']} />
        <Text size="sm" c="dimmed">
          {t('import.save.draftText')}
        </Text>
        <Group>
          <Button variant="default" loading={confirm.isPending} disabled={isUnnamed} onClick={() => save(false)}>
            {t('import.save.draft')}
          </Button>
        </Group>
        <WhoInput value={by} onChange={setBy} />
        <Text size="sm" c="dimmed">
          {t('import.save.publishText')}
        </Text>
        <Group>
          <Button loading={confirm.isPending} disabled={isUnnamed || by.trim() === ''} onClick={() => save(true)}>
            {t('import.save.publish')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
