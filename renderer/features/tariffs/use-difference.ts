import { useMemo } from 'react';
import type { TariffVersion } from '../../../core/api/contract.ts';
import { useRead } from '../../query-client.ts';
import { compareContent, type DraftDifference, versionBefore } from './draft-difference.ts';
import type { DraftContent } from './rate-edits.ts';
import { useDefinition } from './use-definition.ts';

export interface VersionDifference {
  /** Undefined for a first version. */
  readonly base: TariffVersion | undefined;
  /** Undefined until it is worked out, and for a first version. */
  readonly difference: DraftDifference | undefined;
  readonly isReady: boolean;
}

/** What a version changes against the one that was published before it. */
export function useDifference(version: TariffVersion, content: DraftContent): VersionDifference {
  const tariffs = useRead('listTariffs').data;
  const versions = tariffs?.find(({ id }) => id === version.tariffId)?.versions ?? [];
  const base = versionBefore(versions, version);
  const definition = useDefinition(base?.id);
  const difference = useMemo(
    () => (definition.data === undefined ? undefined : compareContent(definition.data, content)),
    [definition.data, content],
  );
  return {
    base,
    difference,
    isReady: tariffs !== undefined && (base === undefined || difference !== undefined),
  };
}
