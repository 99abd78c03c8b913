import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CodeRenewalPreview } from '../../../core/api/contract.ts';
import { Code } from '../../components/values.tsx';
import { formatLocalDay } from '../../format.ts';
import { dayBefore } from '../../site-day.ts';

const SHOWN = 500;

/** Who gets which code (masked), and who gets none and why. */
export function RenewalRows({ preview }: { readonly preview: CodeRenewalPreview }) {
  const { t } = useTranslation('codes');
  return (
    <>
      {preview.rows.length > 0 && (
        <Paper component="section" aria-label={t('renewal.new')}>
          <table className="tb-table">
            <thead>
              <tr>
                <th>{t('column.owner')}</th>
                <th>{t('column.department')}</th>
                <th>{t('renewal.old')}</th>
                <th>{t('renewal.new')}</th>
                <th>{t('renewal.until')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.rows.slice(0, SHOWN).map((row) => (
                <tr key={row.personId}>
                  <td>{row.personName}</td>
                  <td>{row.departmentName ?? <span className="tb-faint">–</span>}</td>
                  <td>
                    {row.oldCodes.length === 0 ? (
                      <span className="tb-faint">{t('renewal.noOld')}</span>
                    ) : (
                      <span className="tb-code">{row.oldCodes.join(', ')}</span>
                    )}
                  </td>
                  <td>
                    <Code value={row.newCode} />
                  </td>
                  <td className="tb-num">
                    {row.validTo === null ? (
                      <span className="tb-faint">{t('list.openEnd')}</span>
                    ) : (
                      formatLocalDay(dayBefore(row.validTo))
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <More count={preview.rows.length - SHOWN} />
        </Paper>
      )}
      {preview.skipped.length > 0 && (
        <Paper p="sm" component="section" aria-label={t('renewal.skipped')}>
          <Text fw={600} size="sm" mb={4}>
            {t('renewal.skipped')}
          </Text>
          <table className="tb-table">
            <tbody>
              {preview.skipped.slice(0, SHOWN).map((one) => (
                <tr key={one.personId}>
                  <td>{one.personName}</td>
                  <td>{one.departmentName ?? <span className="tb-faint">–</span>}</td>
                  <td>{t(`renewal.skip.${one.reason}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Paper>
      )}
    </>
  );
}

function More({ count }: { readonly count: number }) {
  const { t } = useTranslation('codes');
  if (count <= 0) return null;
  return (
    <Text size="sm" c="dimmed" p="sm">
      {t('renewal.more', { count })}
    </Text>
  );
}
