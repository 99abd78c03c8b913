import { Accordion, Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeckWarning } from '../../../core/api/contract.ts';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { ScrollBox } from './scroll-box.tsx';

/** What the checks of a price list found, each with its rows. */
export function DeckWarnings({ warnings }: { readonly warnings: readonly DeckWarning[] }) {
  const { t } = useTranslation('deck');
  const language = useLanguage();
  if (warnings.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('import.preview.noWarnings')}
      </Text>
    );
  }
  return (
    <section aria-label={t('import.preview.warnings')}>
      <Text fw={600} size="sm" mb={4}>
        {t('import.preview.warnings')}
      </Text>
      <Accordion variant="separated" multiple>
        {warnings.map((warning) => (
          <Accordion.Item key={warning.check} value={warning.check}>
            <Accordion.Control>
              <Group gap="xs">
                {warning.title}
                <Badge size="sm" color="orange">
                  {formatCount(warning.count, language)}
                </Badge>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <WarningRows warning={warning} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </section>
  );
}

function WarningRows({ warning }: { readonly warning: DeckWarning }) {
  const { t } = useTranslation('deck');
  const { rows, count } = warning;
  return (
    <>
      <ScrollBox label={warning.title} className="tb-import-rows">
        <table className="tb-table">
          <thead>
            <tr>
              <th data-end>{t('import.layout.row')}</th>
              <th>{t('field.prefix')}</th>
              <th>{t('field.name')}</th>
              <th>{warning.title}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes its order, of rows that may be alike
              <tr key={index}>
                <td data-end className="tb-num">
                  {row.rowNumber ?? ''}
                </td>
                <td className="tb-num">{row.prefix}</td>
                <td>{row.name}</td>
                <td>{row.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {rows.length < count && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('import.preview.rowsShown', { shown: rows.length, count })}
        </Text>
      )}
    </>
  );
}
