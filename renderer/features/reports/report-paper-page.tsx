/** A report on paper: `/print/report/by-person?period=lastMonth`. */

import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { REPORT_IDS, type ReportId } from '../../../core/model/report-request.ts';
import { urlOf } from '../../api.ts';
import { useLanguage } from '../../language.ts';
import { NotFoundPage } from '../../layout/not-found-page.tsx';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { PrintPreview } from '../print/print-preview.tsx';
import { queryOf, readAddress } from './report-address.ts';

export function ReportPaperPage() {
  const { id } = useParams();
  const reportId = REPORT_IDS.find((known) => known === id);
  return reportId === undefined ? <NotFoundPage /> : <Preview reportId={reportId} />;
}

function Preview({ reportId }: { readonly reportId: ReportId }) {
  const { t } = useTranslation('reports');
  const spoken = useLanguage();
  const today = useToday();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('language');
  const language = asked === 'vi' || asked === 'en' ? asked : spoken;
  const query = { ...queryOf(reportId, readAddress(search, today)), language };
  const paper = useRead('previewReport', { params: { reportId }, query });
  return (
    <PrintPreview
      title={t(`name.${reportId}`)}
      backTo={`/reports/${reportId}?${search.toString()}`}
      pdfAddress={urlOf('exportReport', { params: { reportId }, query: { ...query, type: 'pdf' } })}
      paper={paper.data}
      error={paper.error}
      language={language}
      onLanguage={(chosen) => {
        const next = new URLSearchParams(search);
        next.set('language', chosen);
        setSearch(next, { replace: true });
      }}
    />
  );
}
