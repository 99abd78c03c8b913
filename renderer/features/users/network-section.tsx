/** The door to the network. It opens when there is somebody who can sign in and administer. */
import {
  Alert,
  Anchor,
  Button,
  Group,
  List,
  NumberInput,
  SimpleGrid,
  Skeleton,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network, NetworkInput } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { keyOf, queryClient, useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

interface NetworkSectionProps {
  readonly onAddFirst: () => void;
}

export function NetworkSection(props: NetworkSectionProps) {
  const { data } = useRead('getNetwork', undefined, { staleTime: 0 });
  return data === undefined ? <Skeleton height={260} /> : <NetworkForm network={data} {...props} />;
}

function NetworkForm({ network, onAddFirst }: NetworkSectionProps & { readonly network: Network }) {
  const { t } = useTranslation(['access', 'app']);
  const [changes, setChanges] = useState<Partial<NetworkInput>>({});
  const draft: NetworkInput = { ...network.settings, ...changes };
  const save = useWrite('putNetwork', {
    showsErrors: true,
    onDone: (saved) => {
      queryClient.setQueryData(keyOf('getNetwork'), saved);
      setChanges({});
      if (saved.problem === null) showDone(t('app:saved'));
    },
  });
  const errors = useFieldErrors(save.error, draft);
  const set = (part: Partial<NetworkInput>): void => setChanges({ ...changes, ...part });
  const needsAdministrator = !network.hasAdministrator && !network.settings.isOpen;
  const file = (name: 'certificateFile' | 'keyFile', label: string) => ({
    label,
    value: draft[name],
    error: errors.at(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
  });
  return (
    <Section title={t('network.title')} text={t('network.text')}>
      {needsAdministrator && (
        <Alert>
          <Text size="sm" mb="xs">
            {t('network.needsAdmin')}
          </Text>
          <Button size="compact-sm" onClick={onAddFirst}>
            {t('network.addFirst')}
          </Button>
        </Alert>
      )}
      {network.problem !== null && <Alert color="red">{network.problem.title}</Alert>}
      {network.isOpen ? (
        <div>
          <Text size="sm">{t('network.isOpen')}</Text>
          <List size="sm">
            {network.origins.map((origin) => (
              <List.Item key={origin}>
                <Anchor href={origin} target="_blank" rel="noreferrer">
                  {origin}
                </Anchor>
              </List.Item>
            ))}
          </List>
        </div>
      ) : (
        <Text size="sm">{t('network.isShut')}</Text>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ body: draft });
        }}
      >
        <Switch
          mb="sm"
          label={t('network.open')}
          disabled={needsAdministrator}
          checked={draft.isOpen}
          onChange={(event) => set({ isOpen: event.currentTarget.checked })}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('network.address')}
            description={t('network.addressHelp')}
            value={draft.address}
            error={errors.at('address')}
            onChange={(event) => set({ address: event.currentTarget.value })}
          />
          <NumberInput
            label={t('network.port')}
            description={'\u00a0'}
            min={1}
            max={65_535}
            value={draft.port}
            error={errors.at('port')}
            onChange={(port) => typeof port === 'number' && set({ port })}
          />
          <TextInput
            {...file('certificateFile', t('network.certificate'))}
            description={t('network.certificateHelp')}
          />
          <TextInput {...file('keyFile', t('network.key'))} description={'\u00a0'} />
        </SimpleGrid>
        <TagsInput
          mt="sm"
          label={t('network.names')}
          description={t('network.namesHelp')}
          value={draft.hostNames}
          error={errors.at('hostNames.0')}
          onChange={(hostNames) => set({ hostNames })}
        />
        {draft.isOpen && draft.certificateFile === '' && (
          <Alert color="orange" mt="sm">
            {t('network.noTls')}
          </Alert>
        )}
        <FormFailure error={save.error} />
        <Group mt="sm">
          <Button type="submit" loading={save.isPending} disabled={Object.keys(changes).length === 0}>
            {t('app:action.save')}
          </Button>
        </Group>
      </form>
    </Section>
  );
}
