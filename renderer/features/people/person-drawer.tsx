import { Divider, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconPhoneCall } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Person } from '../../../core/api/contract.ts';
import { callsPath } from '../calls/call-filter.ts';
import { PersonData } from '../privacy/person-data.tsx';
import type { AssignmentEditorHandle } from './assignment-editor.tsx';
import { AssignmentList } from './assignment-list.tsx';
import { PersonForm } from './person-form.tsx';

interface PersonDrawerProps {
  /** Absent: a new person. */
  readonly person: Person | undefined;
  readonly isOpen: boolean;
  readonly departmentId: number | undefined;
  readonly onSaved: (id: number) => void;
  readonly onClose: () => void;
}

export function PersonDrawer({ person, isOpen, departmentId, onSaved, onClose }: PersonDrawerProps) {
  const { t } = useTranslation('people');
  const editor = useRef<AssignmentEditorHandle>(null);
  return (
    <Drawer opened={isOpen} onClose={onClose} size={600} title={<Text fw={650}>{person?.name ?? t('add')}</Text>}>
      {isOpen && (
        <Stack gap="lg">
          {person !== undefined && (
            <>
              <Group>
                <Link className="tb-link tb-row" to={callsPath({ personId: person.id })}>
                  <IconPhoneCall size={16} stroke={1.6} aria-hidden />
                  {t('callsOf')}
                </Link>
              </Group>
              <AssignmentList key={person.id} person={person} editor={editor} />
              <Divider />
            </>
          )}
          <PersonForm
            key={person?.id ?? 'new'}
            person={person}
            departmentId={departmentId}
            onBeforeSave={async () => (await editor.current?.finish()) ?? true}
            onSaved={onSaved}
            onClose={onClose}
          />
          {person !== undefined && <PersonData personId={person.id} onErased={onClose} />}
        </Stack>
      )}
    </Drawer>
  );
}
