/** What every part of the form of a version's terms gets. */
import type { TariffTerms } from '../../../core/api/contract.ts';

/** Fields of the terms that change; `undefined` takes one out. */
export type TermsPatch = { readonly [Key in keyof TariffTerms]?: TariffTerms[Key] | undefined };

export interface TermsPartProps {
  readonly terms: TariffTerms;
  readonly isReadOnly: boolean;
  /** What is wrong at a path, in words. */
  readonly errorAt: (path: string) => string | undefined;
  readonly set: (patch: TermsPatch) => void;
}
