import { Alert, Anchor, Button, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TariffVersion } from '../../../core/api/contract.ts';
import { DayInput } from '../../components/day-input.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { rememberedWho, rememberWho, WhoInput } from '../../components/who-input.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { firstOfNextMonth } from '../../site-day.ts';
import { ChangeCounts } from './changes-panel.tsx';
import { rerateAddress } from './price-addresses.ts';
import type { DraftContent } from './rate-edits.ts';
import { useCounted } from './use-counted.ts';
import { useDifference } from './use-difference.ts';

interface PublishDialogProps {
  readonly version: TariffVersion;
  readonly content: DraftContent;
  readonly problemCount: number;
  /** Saves what is not saved; undefined where that was refused. */
  readonly save: () => Promise<TariffVersion | undefined>;
  readonly onPublished: (version: TariffVersion) => void;
  readonly onClose: () => void;
}

export function PublishDialog({ version, content, problemCount, save, onPublished, onClose }: PublishDialogProps) {
  const { t } = useTranslation(['tariffs', 'app']);
  const counted = useCounted();
  const today = useToday();
  const { base, difference, isReady } = useDifference(version, content);
  const [chosenDay, setDay] = useState<string | null>(version.effectiveFrom ?? firstOfNextMonth(today));
  const [isFromStart, setIsFromStart] = useState(true);
  const [by, setBy] = useState(rememberedWho);
  const mayBeFirst = isReady && base === undefined;
  const day = mayBeFirst && isFromStart ? null : chosenDay;
  const isPast = day === null || day <= today;
  const effect = useRead(
    'previewPublish',
    { params: { id: version.id }, query: day === null ? {} : { effectiveFrom: day } },
    { enabled: isPast && problemCount === 0 },
  );
  const warnings = useRead('checkTariffVersion', { params: { id: version.id } }, { staleTime: 0 }).data?.length ?? 0;
  const publish = useWrite('publishTariffVersion', {
    showsErrors: true,
    refresh: ['listTariffs', 'getTariffVersion'],
    onDone: ({ version: published }) => onPublished(published),
  });
  const stored = isPast ? (effect.data?.storedCalls ?? 0) : 0;
  const isDayMissing = chosenDay === null && !(mayBeFirst && isFromStart);
  return (
    <Modal
      opened
      onClose={onClose}
      title={<Text fw={650}>{t('publish.title', { number: version.number })}</Text>}
      size="lg"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rememberWho(by);
          void save().then((saved) => {
            if (saved !== undefined) publish.mutate({ params: { id: saved.id }, body: { effectiveFrom: day, by } });
          });
        }}
      >
        <Stack>
          {problemCount > 0 && <Alert color="orange">{t('publish.problems', counted(problemCount))}</Alert>}
          {mayBeFirst && (
            <Switch
              label={t('publish.always')}
              checked={isFromStart}
              onChange={(event) => setIsFromStart(event.currentTarget.checked)}
            />
          )}
          {!(mayBeFirst && isFromStart) && (
            <DayInput
              label={t('publish.from')}
              description={t('publish.fromHelp')}
              required
              value={chosenDay}
              onChange={setDay}
            />
          )}
          {difference !== undefined && base !== undefined && (
            <div>
              <Text size="sm" fw={600}>
                {t('publish.summary')}
              </Text>
              <Group gap="xs" mt={4}>
                {difference.rates.changes.length === 0 && difference.terms.length === 0 ? (
                  <Text size="sm" c="dimmed">
                    {t('changes.nothing', { number: base.number })}
                  </Text>
                ) : (
                  <>
                    <Text size="sm">{t('changes.against', { number: base.number })}</Text>
                    <ChangeCounts counts={difference.rates.counts} />
                  </>
                )}
              </Group>
            </div>
          )}
          {warnings > 0 && (
            <Text size="sm" c="dimmed">
              {t('publish.warnings', counted(warnings))}
            </Text>
          )}
          {stored > 0 && (
            <Alert color="blue">
              {t('publish.past', counted(stored))}{' '}
              <Anchor component={Link} to={rerateAddress(day, today)} inherit>
                {t('publish.rerate')}
              </Anchor>
            </Alert>
          )}
          <WhoInput value={by} onChange={setBy} />
          <Text size="sm" c="dimmed">
            {t('publish.stay')}
          </Text>
          <FormFailure error={publish.error} unshown={['']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button
              type="submit"
              loading={publish.isPending}
              disabled={problemCount > 0 || by.trim() === '' || isDayMissing || !isReady}
            >
              {t('publish.action')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
