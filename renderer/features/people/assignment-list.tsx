/** Codes and extensions of one person with their dates. */
import { ActionIcon, Badge, Button, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assignment, Person } from '../../../core/api/contract.ts';
import { type AssignmentDraft, AssignmentEditor, type AssignmentEditorHandle } from './assignment-editor.tsx';
import { assignmentText, validityText } from './assignments.ts';

interface AssignmentListProps {
  readonly person: Person;
  /** The editor, while one is open. */
  readonly editor: Ref<AssignmentEditorHandle>;
}

export function AssignmentList({ person, editor }: AssignmentListProps) {
  const { t } = useTranslation(['people', 'app']);
  const [draft, setDraft] = useState<AssignmentDraft>();
  const add = (kind: Assignment['kind']): void =>
    setDraft({ action: 'add', kind, value: '', lastValue: '', validFrom: null, validTo: null });
  const open = { from: t('app:always'), to: t('app:untilNow'), until: (day: string) => t('app:untilDay', { day }) };
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={3}>{t('assignments.title')}</Title>
        <Group gap="xs">
          <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} />} onClick={() => add('code')}>
            {t('assignments.addCode')}
          </Button>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => add('extension')}
          >
            {t('assignments.addExtension')}
          </Button>
        </Group>
      </Group>
      {person.assignments.length === 0 && draft === undefined && (
        <Text size="sm" c="dimmed">
          {t('assignments.none')}
        </Text>
      )}
      <Stack gap={4}>
        {person.assignments.map((assignment) => {
          const { id, kind, validFrom, validTo } = assignment;
          const name = assignmentText(assignment);
          return (
            <div key={id} className="tb-assignment">
              <Badge color={kind === 'code' ? 'ledger' : 'blue'} w={84}>
                {t(`assignments.kind.${kind}`)}
              </Badge>
              <Text span fw={600} className="tb-code">
                {name}
              </Text>
              <Text span size="sm" c="dimmed" className="tb-num" flex={1}>
                {validityText(assignment, open)}
              </Text>
              <Tooltip label={t('assignments.change')}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t('assignments.change')} ${name}`}
                  onClick={() =>
                    setDraft({ action: 'change', id, kind, value: name, lastValue: '', validFrom, validTo })
                  }
                >
                  <IconPencil size={16} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
              <Tooltip label={t('app:action.remove')}>
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={`${t('app:action.remove')} ${name}`}
                  onClick={() =>
                    setDraft({ action: 'remove', id, kind, value: name, lastValue: '', validFrom, validTo })
                  }
                >
                  <IconTrash size={16} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            </div>
          );
        })}
      </Stack>
      {draft !== undefined && (
        <AssignmentEditor
          key={`${draft.action}${draft.kind}${draft.id ?? ''}`}
          ref={editor}
          personId={person.id}
          start={draft}
          onClose={() => setDraft(undefined)}
        />
      )}
    </section>
  );
}
