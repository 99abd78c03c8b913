/** What a period can be compared with, as a select offers it: `tariff 3`, `version 7`, `in-place 7`, `now`. */
import type { TFunction } from 'i18next';
import type { PriceComparison, PriceComparisonInput, Tariff } from '../../../core/api/contract.ts';

export type ComparedWith = PriceComparisonInput['others'][number];

export interface ComparedChoice {
  readonly group: string;
  readonly items: readonly { readonly value: string; readonly label: string }[];
}

type Words = TFunction<'rerate'>;

export function choiceOf(value: string): ComparedWith | undefined {
  const [kind, number] = value.split(' ');
  const id = Number(number);
  switch (kind) {
    case 'now':
      return { kind };
    case 'tariff':
      return { kind, tariffId: id };
    case 'version':
    case 'in-place':
      return { kind, versionId: id };
    default:
      return undefined;
  }
}

export function choicesOf(tariffs: readonly Tariff[], t: Words): readonly ComparedChoice[] {
  return [
    { group: t('compare.with'), items: [{ value: 'now', label: t('compare.now') }] },
    ...tariffs.map(({ id, name, versions }) => ({
      group: name,
      items: [
        { value: `tariff ${id}`, label: t('compare.tariff', { name }) },
        ...versions.flatMap((version) =>
          (['in-place', 'version'] as const).map((kind) => ({
            value: `${kind} ${version.id}`,
            label: otherText(
              { kind, tariffName: name, versionNumber: version.number, isDraft: version.state === 'draft' },
              t,
            ),
          })),
        ),
      ],
    })),
  ];
}

export function otherText(
  { kind, tariffName, versionNumber, isDraft }: PriceComparison['others'][number],
  t: Words,
): string {
  const text = t(`compare.${kind}`, { name: tariffName ?? '', number: versionNumber ?? 0 });
  return isDraft ? `${text} (${t('compare.draft')})` : text;
}
