/** Says why there is nothing here, and what to do next. */
import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  readonly text: string;
  /** The whole page says this: its heading is the page's. */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
}

export function EmptyState({ icon: IconOf, title, text, isPage = false, children }: EmptyStateProps) {
  return (
    <Stack align="center" gap="sm" py={48} px="lg" className="tb-empty">
      <ThemeIcon size={52} radius="xl" variant="light" aria-hidden>
        <IconOf size={26} stroke={1.5} />
      </ThemeIcon>
      <Title order={isPage ? 1 : 2} size="h2" ta="center">
        {title}
      </Title>
      <Text c="dimmed" ta="center" maw={480} size="md">
        {text}
      </Text>
      {children}
    </Stack>
  );
}
