/** The way to reading a source again with something else. */
import { Button, type ButtonProps } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Reading, rereadAddress } from './reading-address.ts';

interface RereadLinkProps {
  readonly sourceId: number;
  readonly reading?: Reading;
  readonly size?: ButtonProps['size'];
  readonly label?: string;
}

export function RereadLink({ sourceId, reading, size = 'compact-md', label }: RereadLinkProps) {
  const { t } = useTranslation('reread');
  return (
    <Button
      component={Link}
      to={rereadAddress(sourceId, reading)}
      size={size}
      variant="default"
      leftSection={<IconRefresh size={15} stroke={1.6} />}
    >
      {label ?? t('button')}
    </Button>
  );
}
