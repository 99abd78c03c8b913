import { Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Hygiene } from '../../../core/api/contract.ts';
import { Code, Count } from '../../components/values.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';

const SHOWN = 10;

/** Mistypes by telephone and by the code that was meant, most first. */
export function MistypeTables({ mistypes }: { readonly mistypes: Hygiene['mistypes'] }) {
  const { t } = useTranslation(['codes', 'app']);
  const language = useLanguage();
  if (mistypes.total === 0) return null;
  return (
    <Paper p="sm" component="section" aria-label={t('mistypes.title', { total: mistypes.total })}>
      <Text fw={600} size="sm">
        {t('mistypes.title', { total: formatCount(mistypes.total, language) })}
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {t('mistypes.text')}
      </Text>
      <Group align="flex-start" gap="xl" grow>
        <table className="tb-table">
          <caption className="tb-caption">{t('mistypes.telephones')}</caption>
          <thead>
            <tr>
              <th>{t('mistypes.telephone')}</th>
              <th data-end>{t('mistypes.count')}</th>
            </tr>
          </thead>
          <tbody>
            {mistypes.telephones.slice(0, SHOWN).map((one) => (
              <tr key={`${one.sourceId} ${one.extension}`}>
                <td className="tb-num">{one.extension}</td>
                <td data-end>
                  <Count value={one.mistypes} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <table className="tb-table">
          <caption className="tb-caption">{t('mistypes.codes')}</caption>
          <thead>
            <tr>
              <th>{t('mistypes.code')}</th>
              <th data-end>{t('mistypes.count')}</th>
            </tr>
          </thead>
          <tbody>
            {mistypes.codes.slice(0, SHOWN).map((one) => (
              <tr key={`${one.personId} ${one.code}`}>
                <td>
                  <Code value={one.code} /> {one.personName}
                </td>
                <td data-end>
                  <Count value={one.mistypes} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Group>
    </Paper>
  );
}
