/** Whole definitions of versions: terms and every rate at once, because people search and change all of them. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { TariffTerms } from '../../../core/api/contract.ts';
import type { StoredRate } from '../../../core/rating/tariff.ts';
import { ApiFailure, urlOf } from '../../api.ts';
import { contentOf, type DraftContent } from './rate-edits.ts';

type WholeDefinition = TariffTerms & { readonly rates: readonly StoredRate[] };

async function readDefinition(versionId: number): Promise<DraftContent> {
  const response = await fetch(urlOf('getTariffDefinition', { params: { id: versionId } }));
  if (!response.ok) throw new ApiFailure(undefined, response.status);
  const { rates, ...terms } = (await response.json()) as WholeDefinition;
  return contentOf(terms, rates);
}

/** Asked anew each time a page opens it: a draft may have been changed elsewhere. */
export function useDefinition(versionId: number | undefined): UseQueryResult<DraftContent, Error> {
  return useQuery({
    queryKey: ['tariffDefinition', versionId],
    queryFn: () => readDefinition(versionId ?? 0),
    enabled: versionId !== undefined,
    staleTime: 0,
    gcTime: 0,
    refetchOnReconnect: false,
  });
}
