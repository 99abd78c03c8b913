/** A finding about codes in words: the rule with its values, and what to do. */
import { createFormats } from '../i18n/format.ts';
import { createTranslate, type Language, type TextKey, type TextValues } from '../i18n/translate.ts';
import type { WeakReason } from '../model/code-finding.ts';
import type { MaskCode } from '../model/masking.ts';
import type { Finding } from '../policy/hygiene/finding.ts';

export interface FindingWords {
  readonly text: string;
  readonly advice: string;
}

export interface WordContext {
  readonly language: Language;
  readonly mask: MaskCode;
  personName(personId: number | null): string | undefined;
  sourceName(sourceId: number): string;
}

const RELATED_SHOWN = 6;

/** Kinds of which two things can be said. */
function variantOf(finding: Finding): 'guessingFound' | 'leaverOpen' | 'withdrawnHabit' | 'unknownNear' | undefined {
  if (finding.kind === 'guessing' && finding.related.length > 0) return 'guessingFound';
  if (finding.kind === 'leaver-code' && finding.values['isStillTheirs'] === 1) return 'leaverOpen';
  if (finding.kind === 'withdrawn-code' && finding.severity === 'note') return 'withdrawnHabit';
  if (finding.kind === 'unknown-code' && finding.related.length > 0) return 'unknownNear';
  return undefined;
}

export function findingWords(finding: Finding, context: WordContext): FindingWords {
  const t = createTranslate(context.language);
  const variant = variantOf(finding);
  const ruled = variant === 'leaverOpen' ? undefined : variant;
  const advised = variant === 'guessingFound' ? undefined : variant;
  return {
    text: t(`hygiene.rule.${ruled ?? finding.kind}` satisfies TextKey, valuesOf(finding, context)),
    advice: t(`hygiene.advice.${advised ?? finding.kind}` satisfies TextKey, valuesOf(finding, context)),
  };
}

function valuesOf(finding: Finding, context: WordContext): TextValues {
  const t = createTranslate(context.language);
  const formats = createFormats(context.language);
  const { day, overlapSeconds, places, ...values } = finding.values;
  const numbers = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'number' ? formats.number(value) : value,
  ]);
  return {
    ...Object.fromEntries(numbers),
    day: typeof day === 'string' ? formats.day(day) : '',
    overlap: typeof overlapSeconds === 'number' ? formats.duration(overlapSeconds) : '',
    places: typeof places === 'string' ? placeNames(places, context) : '',
    calls: formats.number(finding.evidence.calls),
    code: finding.code === null ? '' : context.mask(finding.code),
    extension: finding.telephone?.extension ?? '',
    name: context.personName(finding.personId) ?? t('hygiene.nobody'),
    reasons: reasonTexts(finding, context).join('; '),
    related: relatedText(finding, context),
  };
}

function relatedText({ related, values }: Finding, { language, mask, personName }: WordContext): string {
  const t = createTranslate(language);
  const shown = related
    .slice(0, RELATED_SHOWN)
    .map(({ code, personId }) =>
      t('hygiene.relatedCode', { code: mask(code), name: personName(personId) ?? t('hygiene.nobody') }),
    );
  const all = Math.max(related.length, typeof values['codes'] === 'number' ? values['codes'] : 0);
  const list = shown.join(', ');
  const isCut = related.length > RELATED_SHOWN;
  return isCut ? t('hygiene.andMore', { list, more: all - shown.length }) : list;
}

/** A masked code must not be told by what makes it weak. */
const TELLS_NOTHING: ReadonlySet<WeakReason> = new Set<WeakReason>(['short', 'range']);

export function shownReasons({ code, weakReasons }: Finding, mask: MaskCode): readonly WeakReason[] {
  if (code === null || mask(code) === code) return weakReasons;
  return weakReasons.filter((reason) => TELLS_NOTHING.has(reason));
}

function reasonTexts(finding: Finding, { language, mask }: WordContext): string[] {
  const t = createTranslate(language);
  const shown = shownReasons(finding, mask);
  const texts = shown.map((reason) => t(`hygiene.weak.${reason}`, finding.values));
  return shown.length === finding.weakReasons.length ? texts : [...texts, t('hygiene.weak.hidden')];
}

/** Places are names, or `#3` for a source that has none. */
function placeNames(places: string, { language, sourceName }: WordContext): string {
  const t = createTranslate(language);
  return places
    .split(', ')
    .map((place) =>
      place.startsWith('#') ? t('hygiene.place', { source: sourceName(Number(place.slice(1))) }) : place,
    )
    .join(', ');
}
