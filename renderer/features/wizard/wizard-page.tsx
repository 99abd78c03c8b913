/** The first run: from nothing to calls that belong to people. Every step can be left and taken up again. */
import { Button, Group, Stepper } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import { Brand } from '../../components/brand.tsx';
import { LanguageSwitch } from '../../components/language-switch.tsx';
import { SchemeSwitch } from '../../components/scheme-switch.tsx';
import { useKept } from '../../kept.ts';
import { keyOf, queryClient, useRead, useWrite } from '../../query-client.ts';
import { putWizardOff } from '../../wizard-put-off.ts';
import { ConnectStep } from './connect-step.tsx';
import { DoneStep } from './done-step.tsx';
import { FormatStep } from './format-step.tsx';
import { LinesStep } from './lines-step.tsx';
import { PeopleStep } from './people-step.tsx';
import { WelcomeStep } from './welcome-step.tsx';

const Kept = z.object({ step: z.number().int().min(0).max(5), sourceId: z.number().int().optional() });

const STEPS = ['welcome', 'connect', 'lines', 'format', 'people'] as const;

export function WizardPage() {
  const { t } = useTranslation('wizard');
  const navigate = useNavigate();
  const sources = useRead('listSources');
  const [kept, keep] = useKept('wizard', Kept);
  const { step, sourceId } = kept ?? { step: 0 };
  const setStep = (next: number): void => keep({ step: next, sourceId });
  const source = sources.data?.find((candidate) => candidate.id === sourceId);
  const goesTo = useRef('/live');
  const finish = useWrite('putSettings', {
    onDone: (settings) => {
      keep(undefined);
      queryClient.setQueryData(keyOf('getSettings'), settings);
      void navigate(goesTo.current, { replace: true });
    },
  });
  const leave = (): void => {
    putWizardOff();
    void navigate('/live', { replace: true });
  };
  const next = (): void => setStep(step + 1);
  const back = (): void => setStep(step - 1);
  const complete = (): void => finish.mutate({ body: { isWizardDone: true } });
  const openToOthers = (): void => {
    goesTo.current = '/users';
    complete();
  };

  return (
    <div className="tb-bare">
      <header className="tb-bare-head">
        <Brand />
        <Group ml="auto" gap="xs">
          <Button variant="subtle" color="gray" onClick={leave}>
            {t('later')}
          </Button>
          <SchemeSwitch />
          <LanguageSwitch />
        </Group>
      </header>
      <main className="tb-wizard">
        <Stepper
          active={step}
          size="sm"
          iconSize={28}
          mb="lg"
          aria-label={t('steps')}
          allowNextStepsSelect={false}
          onStepClick={setStep}
        >
          {STEPS.map((name) => (
            <Stepper.Step key={name} label={t(`step.${name}`)} />
          ))}
        </Stepper>
        {step === 0 && <WelcomeStep onNext={next} onDemo={complete} />}
        {step === 1 && (
          <ConnectStep
            source={source}
            onBack={back}
            onSaved={(id) => {
              keep({ step: step + 1, sourceId: id });
            }}
          />
        )}
        {step === 2 && source !== undefined && <LinesStep source={source} onBack={back} onNext={next} />}
        {step === 3 && source !== undefined && <FormatStep source={source} onBack={back} onNext={next} />}
        {step === 4 && <PeopleStep onBack={back} onNext={next} />}
        {step === 5 && <DoneStep isBusy={finish.isPending} onFinish={complete} onOpenToOthers={openToOthers} />}
      </main>
    </div>
  );
}
