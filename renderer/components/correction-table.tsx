/** Corrections of closed months: how a call stood before and after, why, and by whom. */
import { Button, VisuallyHidden } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Restatement } from '../../core/api/contract.ts';
import { formatInstant, formatLocalDateTime } from '../format.ts';
import { useLanguage } from '../language.ts';
import { useWrite } from '../query-client.ts';
import { showDone } from '../toasts.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { Money } from './values.tsx';

type Side = Restatement['before'];

interface CorrectionTableProps {
  readonly rows: readonly Restatement[];
  /** Without the call itself, where the page is about one call. */
  readonly isOfOneCall?: boolean;
}

export function CorrectionTable({ rows, isOfOneCall = false }: CorrectionTableProps) {
  const { t } = useTranslation('month');
  const language = useLanguage();
  return (
    <table className="tb-table">
      <thead>
        <tr>
          <th>{t('corrections.when')}</th>
          {!isOfOneCall && <th>{t('corrections.call')}</th>}
          <th>{t('corrections.what')}</th>
          <th>{t('corrections.before')}</th>
          <th>{t('corrections.after')}</th>
          <th>{t('corrections.why')}</th>
          <th>
            <VisuallyHidden>{t('corrections.takeBack')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="tb-num">{formatInstant(row.atMs, language)}</td>
            {!isOfOneCall && (
              <td className="tb-num">
                <Link className="tb-link" to={`/calls?month=${row.callMonth}&call=${row.callId}`}>
                  {formatLocalDateTime(row.callStartLocal)} · {row.number ?? '–'}
                </Link>
              </td>
            )}
            <td>
              {row.takesBackId === null
                ? t(`corrections.kind.${row.kind}`)
                : t('corrections.takenBack', { what: t(`corrections.kind.${row.kind}`) })}
            </td>
            <td>
              <SideCell side={row.before} />
            </td>
            <td>
              <SideCell side={row.after} />
            </td>
            <td className="tb-wrap">
              {row.reason} <span className="tb-faint">· {row.by}</span>
            </td>
            <td data-end>{row.canTakeBack && <TakeBackButton row={row} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SideCell({ side }: { readonly side: Side }) {
  const { t } = useTranslation(['month', 'app']);
  return (
    <>
      {side.personName ?? t('app:nobody')}
      {' · '}
      {side.charge === null ? t('corrections.notBilled') : <Money value={side.charge} />}
      {side.isPrivate && ` · ${t('corrections.private')}`}
    </>
  );
}

function TakeBackButton({ row }: { readonly row: Restatement }) {
  const { t } = useTranslation('month');
  const [isOpen, setIsOpen] = useState(false);
  const takeBack = useWrite('takeBackCorrection', {
    refresh: ['getMonth', 'listCorrections', 'getCallHistory', 'getClosing'],
    showsErrors: true,
    onDone: () => {
      showDone(t('corrections.takeBackDone'));
      setIsOpen(false);
    },
  });
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconArrowBackUp size={14} />}
        onClick={() => setIsOpen(true)}
      >
        {t('corrections.takeBack')}
      </Button>
      {isOpen && (
        <ReasonDialog
          title={t('corrections.takeBackTitle')}
          text={t('corrections.takeBackText')}
          action={t('corrections.takeBack')}
          isBusy={takeBack.isPending}
          error={takeBack.error}
          onConfirm={(body) => takeBack.mutate({ params: { id: row.id }, body })}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
