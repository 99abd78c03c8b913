/**
 * Sealed slips on A4: each a strip of three panels. The right one folds over the code, the left one backwards, so that the
 * name stays outside and the code is between two layers; the pattern hides it against the light.
 */
import i18next, { type TFunction } from 'i18next';
import { Fragment } from 'react';
import type { CodeSlips } from '../../../core/api/contract.ts';
import { formatLocalDay } from '../../format.ts';
import { type LanguageCode, useTextsOf } from '../../language.ts';
import { dayBefore } from '../../site-day.ts';

export const SLIPS_PER_PAGE = 4;
/** Characters on how to dial, from which on they are printed smaller: the panel has room for 320 of those. */
const LONG_TEXT = 180;

type Slip = CodeSlips['slips'][number];

interface SlipPagesProps {
  readonly slips: readonly Slip[];
  readonly languages: readonly LanguageCode[];
  readonly howToDial: Readonly<Record<LanguageCode, string>>;
  readonly companyName: string;
}

export function SlipPages({ slips, ...rest }: SlipPagesProps) {
  const isSpoken = useTextsOf(rest.languages);
  if (!isSpoken) return null;
  const pages: Slip[][] = [];
  for (let i = 0; i < slips.length; i += SLIPS_PER_PAGE) pages.push(slips.slice(i, i + SLIPS_PER_PAGE));
  return (
    <>
      {pages.map((page) => (
        <div key={page[0]?.code} className="tb-slip-page">
          {page.map((slip) => (
            <OneSlip key={slip.code} slip={slip} {...rest} />
          ))}
        </div>
      ))}
    </>
  );
}

interface OneSlipProps extends Omit<SlipPagesProps, 'slips'> {
  readonly slip: Slip;
}

function OneSlip({ slip, languages, howToDial, companyName }: OneSlipProps) {
  const dial = languages.filter((language) => howToDial[language] !== '');
  const isLong = dial.reduce((sum, language) => sum + howToDial[language].length, 0) > LONG_TEXT;
  return (
    <section className="tb-slip">
      <div className="tb-slip-panel">
        <div className="tb-slip-small tb-ellipsis">{companyName}</div>
        <Words languages={languages} className="tb-slip-heading" say={(t) => t('slip.heading')} />
        <div className="tb-slip-name">{slip.personName}</div>
        {slip.departmentName !== null && <div className="tb-slip-department">{slip.departmentName}</div>}
        <div className="tb-slip-small tb-slip-facts">
          {slip.employeeNumber !== null && (
            <Words
              languages={languages}
              isInline
              say={(t) => t('slip.employeeNumber', { number: slip.employeeNumber })}
            />
          )}
          {slip.extensions !== '' && (
            <Words languages={languages} isInline say={(t) => t('slip.extension', { extension: slip.extensions })} />
          )}
        </div>
        <div className="tb-slip-foot">
          <Words languages={languages} className="tb-slip-valid" say={(t) => validity(t, slip)} />
          <Words languages={languages} className="tb-slip-small" say={(t) => t('slip.addressee')} />
        </div>
        <Fold languages={languages} say={(t) => t('slip.foldBack')} />
      </div>
      <div className="tb-slip-panel">
        <div className="tb-slip-secret">
          <Words languages={languages} isInline className="tb-slip-small" say={(t) => t('slip.yourCode')} />
          <div className="tb-slip-code">{slip.code}</div>
        </div>
        {dial.length > 0 && <Words languages={dial} isInline className="tb-slip-heading" say={(t) => t('slip.dial')} />}
        {dial.map((language) => (
          <p key={language} lang={language} data-long={isLong || undefined}>
            {howToDial[language]}
          </p>
        ))}
        <Fold languages={languages} say={(t) => t('slip.foldIn')} />
      </div>
      <div className="tb-slip-panel">
        <div className="tb-slip-cover" />
        <Words languages={languages} className="tb-slip-small" say={(t) => t('slip.cover')} />
        <Words languages={languages} as="p" say={(t) => `${t('slip.keep')} ${t('slip.destroy')}`} />
      </div>
    </section>
  );
}

type Say = TFunction<'codes'>;

function validity(t: Say, slip: Slip): string {
  const from = t('slip.from', { day: formatLocalDay(slip.validFrom) });
  return slip.validTo === null ? from : `${from} ${t('slip.until', { day: formatLocalDay(dayBefore(slip.validTo)) })}`;
}

interface WordsProps {
  readonly languages: readonly LanguageCode[];
  readonly say: (t: Say) => string;
  readonly className?: string;
  readonly as?: 'div' | 'p';
  /** On one line with a stroke between the languages. */
  readonly isInline?: boolean;
}

/** The same words in each language of the slip, which need not be the language of the page. */
function Words({ languages, say, className, as: Element = 'div', isInline = false }: WordsProps) {
  const texts = languages.map((language) => ({ language, text: say(i18next.getFixedT(language, 'codes')) }));
  if (!isInline) {
    return texts.map(({ language, text }, index) => (
      <Element key={language} lang={language} className={className} data-second={index > 0 || undefined}>
        {text}
      </Element>
    ));
  }
  return (
    <div className={className}>
      {texts.map(({ language, text }, index) => (
        <Fragment key={language}>
          {index > 0 && ' / '}
          <span lang={language}>{text}</span>
        </Fragment>
      ))}
    </div>
  );
}

function Fold({ languages, say }: Pick<WordsProps, 'languages' | 'say'>) {
  return (
    <div className="tb-slip-fold">
      <Words languages={languages} isInline say={say} />
    </div>
  );
}
