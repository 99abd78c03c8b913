import { Button, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface StepFrameProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
  readonly onBack?: () => void;
  readonly onNext?: () => void;
  readonly nextLabel?: string;
  readonly isBusy?: boolean;
  readonly isNextOff?: boolean;
}

/** Title, what to do, and the way on. */
export function StepFrame({ title, text, children, onBack, onNext, nextLabel, isBusy, isNextOff }: StepFrameProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={title}>
      <Title order={1}>{title}</Title>
      <Text c="dimmed" mb="md" maw={720}>
        {text}
      </Text>
      {children}
      <Group justify="space-between" className="tb-wizard-foot">
        {onBack === undefined ? (
          <span />
        ) : (
          <Button variant="default" onClick={onBack}>
            {t('action.back')}
          </Button>
        )}
        {onNext !== undefined && (
          <Button onClick={onNext} loading={isBusy ?? false} disabled={isNextOff ?? false}>
            {nextLabel ?? t('action.next')}
          </Button>
        )}
      </Group>
    </section>
  );
}
