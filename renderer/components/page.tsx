/** Head of every page: title, one line on what it is for, actions on the right. */
import { Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  readonly lead?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** The page fills the window and scrolls inside itself. */
  readonly isFixed?: boolean;
}

export function Page({ title, lead, actions, children, isFixed = false }: PageProps) {
  useDocumentTitle(`${title} · Tollbook`);
  return (
    <div className={isFixed ? 'tb-sheet tb-sheet-fixed' : 'tb-sheet'}>
      <Group justify="space-between" align="flex-end" gap="xs" mb="md" className="tb-page-head">
        <div>
          <Title order={1}>{title}</Title>
          {lead !== undefined && (
            <Text c="dimmed" size="sm">
              {lead}
            </Text>
          )}
        </div>
        <Group gap="xs" className="tb-page-actions">
          {actions}
        </Group>
      </Group>
      {children}
    </div>
  );
}
