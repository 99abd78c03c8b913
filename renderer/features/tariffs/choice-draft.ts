/** The choice of tariffs while it is typed. */
import type { TariffChoices } from '../../../core/api/contract.ts';

export const CHOICE_KINDS = ['access-code', 'trunk', 'trunk-group', 'source'] as const;
export type ChoiceKind = (typeof CHOICE_KINDS)[number];

export interface ChoiceLine {
  readonly kind: ChoiceKind;
  readonly value: string;
  /** As the select gives it; null until one is chosen. */
  readonly tariffId: string | null;
}

export interface GroupDraft {
  readonly name: string;
  /** Separated by commas. */
  readonly trunks: string;
}

export interface ChoiceDraft {
  readonly lines: readonly ChoiceLine[];
  readonly defaultId: string | null;
  readonly groups: readonly GroupDraft[];
}

const LOOKED_UP: Record<ChoiceKind | 'default', number> = {
  'access-code': 0,
  trunk: 1,
  'trunk-group': 2,
  source: 3,
  default: 4,
};

/** In the order in which they are looked up. */
export function draftOf({ choices, trunkGroups }: TariffChoices): ChoiceDraft {
  const lines = choices
    .toSorted((a, b) => LOOKED_UP[a.kind] - LOOKED_UP[b.kind])
    .flatMap(({ kind, value, tariffId }): readonly ChoiceLine[] =>
      kind === 'default' ? [] : [{ kind, value, tariffId: String(tariffId) }],
    );
  const fallback = choices.find(({ kind }) => kind === 'default');
  return {
    lines,
    defaultId: fallback === undefined ? null : String(fallback.tariffId),
    groups: trunkGroups.map(({ name, trunks }) => ({ name, trunks: trunks.join(', ') })),
  };
}

/** Words between commas, without empty ones. */
export function wordsOf(text: string): readonly string[] {
  return text
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

export function choicesOf({ lines, defaultId, groups }: ChoiceDraft): TariffChoices {
  const choices: TariffChoices['choices'] = lines.map(({ kind, value, tariffId }) => ({
    kind,
    value: value.trim(),
    tariffId: Number(tariffId),
  }));
  if (defaultId !== null) choices.push({ kind: 'default', value: '', tariffId: Number(defaultId) });
  return {
    choices,
    trunkGroups: groups.map(({ name, trunks }) => ({ name: name.trim(), trunks: [...wordsOf(trunks)] })),
  };
}

export function isWhole({ lines, groups }: ChoiceDraft): boolean {
  return (
    lines.every(({ value, tariffId }) => value.trim() !== '' && tariffId !== null) &&
    groups.every(({ name, trunks }) => name.trim() !== '' && wordsOf(trunks).length > 0)
  );
}

/** A value, group or trunk that is there twice; undefined where none is. */
export function twice({ lines, groups }: ChoiceDraft): string | undefined {
  const seen = new Set<string>();
  const marked = [
    ...lines.map(({ kind, value }) => [kind, value.trim()] as const),
    ...groups.map(({ name }) => ['group', name.trim()] as const),
    ...groups.flatMap(({ trunks }) => wordsOf(trunks).map((trunk) => ['member', trunk] as const)),
  ];
  for (const [kind, value] of marked) {
    if (value === '') continue;
    if (seen.has(`${kind} ${value}`)) return value;
    seen.add(`${kind} ${value}`);
  }
  return undefined;
}
