/** The rules in force, those to come and those before; who made them. */
import { Badge, Button, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyVersion } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { rememberedWho, rememberWho, WhoInput } from '../../components/who-input.tsx';
import { formatInstant, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { STALE_AFTER_POLICY } from './policy-editor.tsx';
import { PolicyEffectView } from './policy-effect.tsx';
import { PolicySummary } from './policy-summary.tsx';

interface PolicyVersionsProps {
  readonly versions: readonly PolicyVersion[];
  readonly presentId: number | null;
  readonly today: string;
  readonly onEdit: (id: number) => void;
}

export function PolicyVersions({ versions, presentId, today, onEdit }: PolicyVersionsProps) {
  const [removing, setRemoving] = useState<PolicyVersion>();
  // The rules in force first, then those to come, then the past.
  const rank = (version: PolicyVersion): number =>
    version.removedAtMs !== null ? 3 : version.id === presentId ? 0 : version.validFrom > today ? 1 : 2;
  const ordered = [...versions].reverse().sort((a, b) => rank(a) - rank(b));
  return (
    <Stack>
      {ordered.map((version) => (
        <Version
          key={version.id}
          version={version}
          state={(['present', 'coming', 'past', 'removed'] as const)[rank(version)] ?? 'past'}
          onEdit={() => onEdit(version.id)}
          onRemove={() => setRemoving(version)}
        />
      ))}
      {removing !== undefined && <RemoveDialog version={removing} onClose={() => setRemoving(undefined)} />}
    </Stack>
  );
}

interface VersionProps {
  readonly version: PolicyVersion;
  readonly state: 'present' | 'coming' | 'past' | 'removed';
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function Version({ version, state, onEdit, onRemove }: VersionProps) {
  const { t } = useTranslation('policy');
  const language = useLanguage();
  const from = t('versions.from', { day: formatLocalDay(version.validFrom) });
  const colour = { present: 'ledger', coming: 'blue', past: 'gray', removed: 'gray' }[state];
  return (
    <Paper p="md" component="section" aria-label={from} opacity={state === 'removed' ? 0.7 : 1}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Group gap="xs">
            <Title order={2}>{from}</Title>
            <Badge color={colour}>
              {state === 'removed' ? t('versions.removed', { by: version.removedBy ?? '' }) : t(`versions.${state}`)}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {t('versions.by', { by: version.createdBy, at: formatInstant(version.createdAtMs, language) })}
            {version.note !== '' && ` · ${version.note}`}
          </Text>
        </div>
        {state !== 'removed' && (
          <Group gap="xs" wrap="nowrap">
            <Button size="compact-md" variant="default" onClick={onEdit}>
              {t('versions.edit')}
            </Button>
            <Button size="compact-md" variant="subtle" color="red" onClick={onRemove}>
              {t('versions.remove')}
            </Button>
          </Group>
        )}
      </Group>
      <PolicySummary policy={version.policy} />
    </Paper>
  );
}

interface RemoveDialogProps {
  readonly version: PolicyVersion;
  readonly onClose: () => void;
}

function RemoveDialog({ version, onClose }: RemoveDialogProps) {
  const { t } = useTranslation(['policy', 'app']);
  const [by, setBy] = useState(rememberedWho);
  const body = { action: 'remove', policyId: version.id } as const;
  const preview = useWrite('previewPolicy', { showsErrors: true });
  const apply = useWrite('applyPolicy', {
    refresh: STALE_AFTER_POLICY,
    showsErrors: true,
    onDone: (effect) => {
      rememberWho(by);
      showDone(t('editor.applied', { count: effect.calls }));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('remove.title')}</Text>} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (preview.data === undefined) preview.mutate({ body });
          else apply.mutate({ body: { ...body, by } });
        }}
      >
        <Stack>
          <Text size="sm">{t('remove.text')}</Text>
          {preview.data !== undefined && (
            <>
              <PolicyEffectView effect={preview.data} />
              <WhoInput value={by} onChange={setBy} />
            </>
          )}
          <FormFailure error={apply.error ?? preview.error} unshown={['by']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button
              type="submit"
              color={preview.data === undefined ? 'ledger' : 'red'}
              loading={preview.isPending || apply.isPending}
            >
              {t(preview.data === undefined ? 'editor.preview' : 'versions.remove')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
