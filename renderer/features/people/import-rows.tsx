import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PeopleImportPreview } from '../../../core/api/contract.ts';

const COLOR = { error: 'red', add: 'ledger', update: 'blue', same: 'gray' } as const;
const SHOWN = 200;

/** Rows with errors first; the file's own order otherwise. */
export function ImportRows({ preview }: { readonly preview: PeopleImportPreview }) {
  const { t } = useTranslation('people');
  const columns = preview.columns.flatMap((column) => {
    const field = preview.mapping[column];
    return field === undefined ? [] : [{ column, field }];
  });
  const rows = [
    ...preview.rows.filter((row) => row.action === 'error'),
    ...preview.rows.filter((row) => row.action !== 'error'),
  ].slice(0, SHOWN);
  return (
    <div className="tb-lines tb-import-rows">
      <table className="tb-table">
        <thead>
          <tr>
            <th data-end>{t('import.row')}</th>
            <th>{t('import.action')}</th>
            {columns.map(({ column }) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.rowNumber}>
              <td data-end className="tb-num">
                {row.rowNumber}
              </td>
              <td>
                <Badge size="sm" color={COLOR[row.action]}>
                  {t(`import.is.${row.action}`)}
                </Badge>
                {row.errors.map((error) => (
                  <div key={`${error.field}${error.message}`} className="tb-row-error">
                    {error.message}
                  </div>
                ))}
              </td>
              {columns.map(({ column, field }) => (
                <td key={column}>{row.values[field] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
