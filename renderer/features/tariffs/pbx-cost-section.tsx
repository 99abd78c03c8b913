import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { keyOf, queryClient, useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

const USES = ['rate', 'compare', 'trust'] as const;

/** What a cost that the PBX printed counts for. */
export function PbxCostSection() {
  const { t } = useTranslation(['tariffs', 'app']);
  const settings = useRead('getSettings');
  const save = useWrite('putSettings', {
    onDone: (saved) => {
      queryClient.setQueryData(keyOf('getSettings'), saved);
      showDone(t('app:saved'));
    },
  });
  if (settings.data === undefined) return null;
  return (
    <Section title={t('pbxCost.title')} text={t('pbxCost.text')}>
      <Radio.Group
        aria-label={t('pbxCost.title')}
        value={settings.data.pbxCostUse}
        onChange={(value) => {
          const pbxCostUse = USES.find((use) => use === value);
          if (pbxCostUse !== undefined) save.mutate({ body: { pbxCostUse } });
        }}
      >
        <Stack gap={6}>
          {USES.map((use) => (
            <Radio key={use} value={use} label={t(`pbxCost.${use}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </Section>
  );
}
