/** The month on paper: `/print/month?month=2026-03&language=vi`. */
import { useSearchParams } from 'react-router';
import { urlOf } from '../../api.ts';
import { formatMonth } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { PrintPreview } from './print-preview.tsx';

export function MonthPaperPage() {
  const spoken = useLanguage();
  const [search, setSearch] = useSearchParams();
  const today = useToday();
  const month = search.get('month') ?? today.slice(0, 7);
  const asked = search.get('language');
  const language = asked === 'vi' || asked === 'en' ? asked : spoken;
  const paper = useRead('previewMonth', { query: { month, language } });
  return (
    <PrintPreview
      title={formatMonth(month, spoken)}
      backTo={`/month?month=${month}`}
      pdfAddress={urlOf('exportMonth', { query: { month, type: 'pdf', language } })}
      paper={paper.data}
      error={paper.error}
      language={language}
      onLanguage={(chosen) => setSearch({ month, language: chosen }, { replace: true })}
    />
  );
}
