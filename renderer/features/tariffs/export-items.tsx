import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api.ts';

/** The files that a version can be kept as. */
export function ExportItems({ versionId }: { readonly versionId: number }) {
  const { t } = useTranslation('tariffs');
  const params = { id: versionId };
  return (
    <>
      <Menu.Item component="a" href={urlOf('exportDeck', { params, query: { type: 'xlsx' } })} download>
        {t('action.exportXlsx')}
      </Menu.Item>
      <Menu.Item component="a" href={urlOf('exportDeck', { params, query: { type: 'csv' } })} download>
        {t('action.exportCsv')}
      </Menu.Item>
      <Menu.Item component="a" href={urlOf('exportTariffVersion', { params, query: {} })} download>
        {t('action.exportJson')}
      </Menu.Item>
      <Menu.Item component="a" href={urlOf('exportTariffVersion', { params, query: { form: 'interchange' } })} download>
        {t('action.exportInterchange')}
      </Menu.Item>
    </>
  );
}
