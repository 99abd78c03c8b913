import { Button, Group, Paper, SegmentedControl, SimpleGrid, Text, ThemeIcon, Title } from '@mantine/core';
import { IconPlayerPlay, IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';

interface WelcomeStepProps {
  readonly onNext: () => void;
  readonly onDemo: () => void;
}

export function WelcomeStep({ onNext, onDemo }: WelcomeStepProps) {
  const { t } = useTranslation('wizard');
  const language = useLanguage();
  const save = useWrite('putSettings');
  const demo = useWrite('startDemo', { refresh: ['listSources', 'listPeople', 'listDepartments'], onDone: onDemo });
  const choose = (value: string): void => {
    const chosen = value === 'en' ? 'en' : 'vi';
    void changeLanguage(chosen);
    save.mutate({ body: { language: chosen } });
  };
  return (
    <section aria-label={t('welcome.title')}>
      <Group justify="space-between" align="flex-start" mb="lg">
        <div>
          <Title order={1}>{t('welcome.title')}</Title>
          <Text c="dimmed" maw={620}>
            {t('welcome.text')}
          </Text>
        </div>
        <SegmentedControl
          size="md"
          value={language}
          onChange={choose}
          aria-label={t('welcome.language')}
          data={[
            { value: 'vi', label: 'Tiếng Việt' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Paper p="lg" className="tb-door">
          <ThemeIcon size={44} radius="md" variant="light">
            <IconPlugConnected size={24} stroke={1.5} />
          </ThemeIcon>
          <Title order={2}>{t('welcome.connectTitle')}</Title>
          <Text c="dimmed">{t('welcome.connectText')}</Text>
          <Button size="md" mt="auto" onClick={onNext}>
            {t('welcome.connect')}
          </Button>
        </Paper>
        <Paper p="lg" className="tb-door">
          <ThemeIcon size={44} radius="md" variant="light">
            <IconPlayerPlay size={24} stroke={1.5} />
          </ThemeIcon>
          <Title order={2}>{t('welcome.demoTitle')}</Title>
          <Text c="dimmed">{t('welcome.demoText')}</Text>
          <Button size="md" mt="auto" variant="light" loading={demo.isPending} onClick={() => demo.mutate({})}>
            {t('welcome.demo')}
          </Button>
        </Paper>
      </SimpleGrid>
    </section>
  );
}
