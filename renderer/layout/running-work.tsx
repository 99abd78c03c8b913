/** What takes long and runs now, wherever it was started; nothing is shown while nothing runs. */
import { ActionIcon, Button, Indicator, Loader, Popover, Stack, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RunningWork as Work } from '../../core/api/contract.ts';
import { ProgressCard } from '../components/progress-card.tsx';
import { formatCount } from '../format.ts';
import { useLanguage } from '../language.ts';
import { useRead, useWrite } from '../query-client.ts';

const BUSY_MS = 2000;
const IDLE_MS = 12_000;
const REFRESH = ['listWork', 'listImports', 'getReread', 'listRerates'] as const;

const PAGE: Readonly<Record<Work['kind'], string>> = {
  import: '/sources',
  reread: '/sources',
  rerate: '/tariffs/rerate',
  comparison: '/tariffs/compare',
  batch: '/print/statements',
  export: '/month',
};

export function RunningWork() {
  const { t } = useTranslation('comfort');
  const language = useLanguage();
  const { data: work = [] } = useRead('listWork', undefined, {
    refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? BUSY_MS : IDLE_MS),
  });
  if (work.length === 0) return null;
  const label = t('work.count', { count: work.length });
  return (
    <Popover width={340} position="bottom-end" withArrow trapFocus shadow="md">
      <Popover.Target>
        <Tooltip label={label}>
          <Indicator label={formatCount(work.length, language)} size={16} offset={5}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
              <Loader size={16} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t('work.label')}>
        <Stack gap="xs">
          {work.map((piece) => (
            <Piece key={`${piece.kind}${piece.id}`} work={piece} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Piece({ work }: { readonly work: Work }) {
  const { t } = useTranslation(['comfort', 'app']);
  const { kind, id, name, part, secondsLeft, mayCancel } = work;
  const cancel = useCancel(work);
  return (
    <ProgressCard
      isSmall
      title={t(`work.${kind}`, { name })}
      part={part}
      secondsLeft={secondsLeft}
      actions={
        mayCancel ? (
          <Button size="compact-xs" variant="default" aria-label={t('work.cancel', { name })} onClick={cancel}>
            {t('app:action.cancel')}
          </Button>
        ) : undefined
      }
    >
      <Link className="tb-link" to={kind === 'reread' ? `/sources/${id}/reread` : PAGE[kind]}>
        {t('work.open')}
      </Link>
    </ProgressCard>
  );
}

function useCancel({ kind, id }: Work): () => void {
  const refresh = REFRESH;
  const stopImport = useWrite('cancelImport', { refresh });
  const stopReread = useWrite('dropReread', { refresh });
  const stopRerate = useWrite('cancelRerate', { refresh });
  const stopBatch = useWrite('dropPaperBatch', { refresh });
  const stopComparison = useWrite('dropPriceComparison', { refresh });
  const stopExport = useWrite('cancelExport', { refresh });
  switch (kind) {
    case 'import':
      return () => stopImport.mutate({ params: { id } });
    case 'reread':
      return () => stopReread.mutate({ params: { id: Number(id) } });
    case 'rerate':
      return () => stopRerate.mutate({ params: { id: Number(id) } });
    case 'comparison':
      return () => stopComparison.mutate({ params: { id } });
    case 'export':
      return () => stopExport.mutate({ params: { id } });
    case 'batch':
      return () => stopBatch.mutate({ params: { id } });
  }
}
