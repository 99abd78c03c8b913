import { Alert, Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportedDefinition } from '../../../core/api/contract.ts';

interface ImportedFindingsProps {
  readonly result: ImportedDefinition;
  readonly onOpen: () => void;
}

/** What could not be used of a definition file, what was not understood of it, and the way into the editor. */
export function ImportedFindings({ result, onOpen }: ImportedFindingsProps) {
  const { t } = useTranslation('formats');
  return (
    <Stack>
      {result.problems.length > 0 && (
        <Alert color="red" title={t('imported.failed')}>
          {result.problems.map(({ path, message }) => (
            <div key={`${path}:${message}`}>
              {path === '' ? '' : `${path}: `}
              {message}
            </div>
          ))}
        </Alert>
      )}
      {result.notes.length > 0 && (
        <Alert color="yellow" title={t('imported.notes')}>
          {result.notes.map((note) => (
            <div key={note}>{note}</div>
          ))}
        </Alert>
      )}
      {result.definition !== null && (
        <Group justify="flex-end">
          <Button onClick={onOpen}>{t('imported.open')}</Button>
        </Group>
      )}
    </Stack>
  );
}
