/** One page as it will be printed: the same marks that the PDF is painted from, as a drawing. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaperPage } from '../../core/api/contract.ts';
import { INKS } from '../../core/model/paper-page.ts';
import { urlOf } from '../api.ts';
import { formatCount } from '../format.ts';
import { useLanguage } from '../language.ts';

interface PaperPageViewProps {
  readonly page: PaperPage;
  readonly number: number;
  readonly count: number;
  /** Of the texts on it. */
  readonly language: 'vi' | 'en';
  readonly logoVersion: number;
}

const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const;
/** Between the slash and the number of pages. */
const COUNT_GAP = 2.5;

export const PaperPageView = memo(function PaperPageView(props: PaperPageViewProps) {
  const { page, number, count, language, logoVersion } = props;
  const { t } = useTranslation('print');
  const spoken = useLanguage();
  const label = t('preview.page', { number: formatCount(number, spoken), count: formatCount(count, spoken) });
  return (
    <figure
      className={`tb-paper tb-paper-${page.width > page.height ? 'landscape' : 'portrait'}`}
      aria-label={label}
      lang={language}
    >
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure says it; a title would hang over the page as a tip. */}
      <svg viewBox={`0 0 ${page.width} ${page.height}`} width={`${page.width}pt`} height={`${page.height}pt`}>
        {page.marks.map((mark, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: marks of a page never change their places.
          <MarkView key={i} mark={mark} count={count} logoVersion={logoVersion} />
        ))}
      </svg>
    </figure>
  );
});

interface MarkViewProps {
  readonly mark: PaperPage['marks'][number];
  readonly count: number;
  readonly logoVersion: number;
}

function MarkView({ mark, count, logoVersion }: MarkViewProps) {
  const { x, y } = mark;
  switch (mark.kind) {
    case 'text':
      return (
        <text
          x={x}
          y={y}
          fontSize={mark.size}
          fontWeight={mark.isBold ? 500 : 400}
          fill={INKS[mark.ink]}
          textAnchor={ANCHORS[mark.align]}
        >
          {mark.text}
        </text>
      );
    case 'box':
      return <rect x={x} y={y} width={mark.width} height={mark.height} fill={INKS[mark.ink]} />;
    case 'logo':
      return (
        <image
          x={x}
          y={y}
          width={mark.width}
          height={mark.height}
          href={urlOf('getLogo', { query: { version: logoVersion } })}
        />
      );
    case 'page-number':
      return (
        <>
          <text x={x} y={y} fontSize={mark.size} fill={INKS.quiet} textAnchor="end">
            {`${mark.word} ${mark.number} /`}
          </text>
          <text x={x + COUNT_GAP} y={y} fontSize={mark.size} fill={INKS.quiet}>
            {count}
          </text>
        </>
      );
  }
}
