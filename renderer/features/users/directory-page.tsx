/** The company's directory: how it is asked, a test of it, and its people. */
import { Alert, Button, Group, Skeleton, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Directory } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { keyOf, queryClient, useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { draftOf, inputOf } from './directory-draft.ts';
import { DirectoryFields } from './directory-fields.tsx';
import { DirectoryGroups } from './directory-groups.tsx';
import { DirectoryPeople } from './directory-people.tsx';

export function DirectoryPage() {
  const { t } = useTranslation('access');
  const { data } = useRead('getDirectory');
  return (
    <Page
      title={t('directory.title')}
      lead={t('directory.lead')}
      actions={
        <Button variant="default" component={Link} to="/users">
          {t('users.title')}
        </Button>
      }
    >
      {data === undefined ? <Skeleton height={600} /> : <DirectoryForm directory={data} />}
    </Page>
  );
}

function DirectoryForm({ directory }: { readonly directory: Directory }) {
  const { t } = useTranslation(['access', 'app']);
  const [draft, setDraft] = useState(() => draftOf(directory));
  const [login, setLogin] = useState('');
  const save = useWrite('putDirectory', {
    showsErrors: true,
    onDone: (saved) => {
      queryClient.setQueryData(keyOf('getDirectory'), saved);
      setDraft(draftOf(saved));
      showDone(t('app:saved'));
    },
  });
  const test = useWrite('testDirectory', { showsErrors: true });
  const errors = useFieldErrors(save.error, draft);
  const fields = { draft, hasPassword: directory.hasPassword, errors, onChange: setDraft };
  const found = test.data?.person ?? null;
  return (
    <Stack gap="md" maw={900}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ body: inputOf(draft) });
        }}
      >
        <Stack gap="md">
          <DirectoryFields {...fields} />
          <DirectoryGroups {...fields} />
          <Section title={t('directory.test')}>
            <Group align="flex-end">
              <TextInput
                label={t('directory.testLogin')}
                description={t('directory.testLoginHelp')}
                autoComplete="off"
                value={login}
                onChange={(event) => setLogin(event.currentTarget.value)}
              />
              <Button
                variant="default"
                loading={test.isPending}
                onClick={() => test.mutate({ body: { settings: inputOf(draft), login } })}
              >
                {t('directory.test')}
              </Button>
            </Group>
            <FormFailure error={test.error} unshown={['settings']} />
            {test.data !== undefined && (
              <Alert color="teal" role="status">
                {t('directory.testDone', { count: test.data.peopleCount })}
                {found !== null && (
                  <div>
                    {t('directory.testPerson', {
                      name: found.name,
                      dn: found.dn,
                      role: found.role === null ? t('directory.testNoRole') : t(`role.${found.role}`),
                    })}
                  </div>
                )}
              </Alert>
            )}
          </Section>
          <FormFailure error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('app:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      <DirectoryPeople isReady={directory.host !== ''} />
    </Stack>
  );
}
