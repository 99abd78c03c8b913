import { ActionIcon, Badge, Menu, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Format } from '../../../core/api/contract.ts';
import { urlOf } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

const COLOURS = { proved: 'ledger', documented: 'blue', unconfirmed: 'yellow' } as const;

export function FormatTable({ formats }: { readonly formats: readonly Format[] }) {
  const { t } = useTranslation(['formats', 'sources']);
  const language = useLanguage();
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('formats:column.format')}</Table.Th>
          <Table.Th>{t('formats:column.models')}</Table.Th>
          <Table.Th w={230}>{t('formats:column.state')}</Table.Th>
          <Table.Th w={60}>
            <VisuallyHidden>{t('formats:column.actions')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {formats.map((format) => (
          <Table.Tr key={format.id}>
            <Table.Td>
              <Text size="sm" fw={550}>
                {format.title}
              </Text>
              <Text size="xs" c="dimmed" className="tb-num">
                {format.id}
              </Text>
            </Table.Td>
            <Table.Td>
              <Text size="sm" lineClamp={2}>
                {format.models.join(', ')}
              </Text>
              {format.unsure !== null && (
                <Text size="xs" c="dimmed" lineClamp={3}>
                  {format.unsure[language]}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <Badge color={COLOURS[format.confidence]}>{t(`sources:confidence.${format.confidence}`)}</Badge>
              {format.confidence === 'unconfirmed' && (
                <Text size="xs" c="dimmed" mt={2}>
                  {t('formats:checkFirst')}
                </Text>
              )}
            </Table.Td>
            <Table.Td>{(format.isOwn || format.isDefinition) && <Actions format={format} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Actions({ format }: { readonly format: Format }) {
  const { t } = useTranslation('formats');
  const navigate = useNavigate();
  const [isRemoving, setIsRemoving] = useState(false);
  const remove = useWrite('removeDefinition', {
    refresh: ['listFormats'],
    onDone: () => {
      setIsRemoving(false);
      showDone(t('removing.done'));
    },
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('actionsOf', { title: format.title })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void navigate(`/formats/editor?format=${encodeURIComponent(format.id)}`)}>
            {t(format.isOwn ? 'edit' : 'copy')}
          </Menu.Item>
          <Menu.Item component="a" href={urlOf('exportDefinition', { params: { formatId: format.id } })}>
            {t('export')}
          </Menu.Item>
          {format.isOwn && (
            <Menu.Item
              component="a"
              href={urlOf('exportDefinition', { params: { formatId: format.id }, query: { withSamples: false } })}
            >
              {t('exportBare')}
            </Menu.Item>
          )}
          {format.isOwn && (
            <Menu.Item color="red" onClick={() => setIsRemoving(true)}>
              {t('remove')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        isOpen={isRemoving}
        title={t('removing.title')}
        text={t('removing.text', { title: format.title })}
        action={t('remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ params: { formatId: format.id } })}
        onClose={() => setIsRemoving(false)}
      />
    </>
  );
}
