import { Group, Text } from '@mantine/core';
import icon from '../icon.svg';

interface BrandProps {
  readonly isNarrow?: boolean;
  readonly companyName?: string;
}

export function Brand({ isNarrow = false, companyName = '' }: BrandProps) {
  return (
    <Group gap={10} wrap="nowrap" className="tb-brand">
      <img src={icon} width={28} height={28} alt="" />
      {!isNarrow && (
        <div className="tb-brand-text">
          <Text fw={700} fz={16} lh={1.15}>
            Tollbook
          </Text>
          {companyName !== '' && (
            <Text size="xs" c="dimmed" truncate lh={1.3}>
              {companyName}
            </Text>
          )}
        </div>
      )}
    </Group>
  );
}
