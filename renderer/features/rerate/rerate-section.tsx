/** The re-rate that works or waits for a decision, else the form for a new one; and those of before. */
import { Skeleton, Stack } from '@mantine/core';
import { useSearchParams } from 'react-router';
import type { Rerate } from '../../../core/api/contract.ts';
import { useRead } from '../../query-client.ts';
import { RerateForm } from './rerate-form.tsx';
import { RerateHistory } from './rerate-history.tsx';
import { RerateProgress } from './rerate-progress.tsx';
import { RerateResult } from './rerate-result.tsx';

const REFRESH_MS = 700;
const WORKING: readonly Rerate['state'][] = ['rating', 'applying', 'taking-back'];

export function isWorking({ state }: Rerate): boolean {
  return WORKING.includes(state);
}

export function RerateSection() {
  const [search, setSearch] = useSearchParams();
  const rerates = useRead('listRerates', undefined, {
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isWorking) === true ? REFRESH_MS : false),
  });
  if (rerates.data === undefined) return <Skeleton height={240} />;
  const current = rerates.data.find((rerate) => isWorking(rerate) || rerate.state === 'ready');
  const looked = rerates.data.find(({ id }) => id === Number(search.get('id')));
  const shown = current ?? looked;
  const earlier = rerates.data.filter(({ id, state }) => id !== current?.id && state !== 'cancelled');
  return (
    <Stack>
      {shown === undefined ? <RerateForm /> : <Shown key={`${shown.id} ${shown.state}`} rerate={shown} />}
      {current === undefined && looked !== undefined && <RerateForm />}
      <RerateHistory rerates={earlier} shownId={shown?.id} onLook={(id) => setSearch({ id: String(id) })} />
    </Stack>
  );
}

function Shown({ rerate }: { readonly rerate: Rerate }) {
  return isWorking(rerate) ? <RerateProgress rerate={rerate} /> : <RerateResult rerate={rerate} />;
}
