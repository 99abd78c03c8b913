/** How single facts look, everywhere the same. */
import { Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, Money as MoneyValue } from '../../core/api/contract.ts';
import { formatDuration } from '../../core/i18n/format.ts';
import { formatCount, formatLocalDay, formatLocalTime, formatMoney, formatNumber } from '../format.ts';
import { useLanguage } from '../language.ts';

export function Money({ value }: { readonly value: MoneyValue }) {
  const language = useLanguage();
  return <span className="tb-num">{formatMoney(value, language)}</span>;
}

/** Sums in several currencies stay several sums. */
export function MoneySums({ values }: { readonly values: readonly MoneyValue[] }) {
  const language = useLanguage();
  if (values.length === 0) return <span className="tb-faint">–</span>;
  return (
    <span className="tb-num">
      {values.map((value) => (
        <span key={value.currency} className="tb-sum">
          {formatMoney(value, language)}
        </span>
      ))}
    </span>
  );
}

export function Count({ value }: { readonly value: number }) {
  const language = useLanguage();
  return <span className="tb-num">{formatCount(value, language)}</span>;
}

export function Duration({ seconds }: { readonly seconds: number }) {
  return (
    <time className="tb-num" dateTime={`PT${seconds}S`}>
      {formatDuration(seconds)}
    </time>
  );
}

/** A time of the site's wall clock, exactly as booked. */
export function LocalTime({ value }: { readonly value: string }) {
  return (
    <time className="tb-num" dateTime={value}>
      <span className="tb-day">{formatLocalDay(value)}</span> {formatLocalTime(value)}
    </time>
  );
}

export function Code({ value }: { readonly value: string | null }) {
  const { t } = useTranslation();
  if (value === null) return <span className="tb-faint">–</span>;
  const isMasked = value.startsWith('•');
  return (
    <Tooltip label={t('codeMasked')} disabled={!isMasked}>
      <span className="tb-code">{value}</span>
    </Tooltip>
  );
}

/** The party outside: who was called, or who called. */
export function OtherParty({ call }: { readonly call: Call }) {
  const typed = call.direction === 'incoming' ? call.caller : call.dialled;
  if (call.number !== null)
    return <span className="tb-num">{formatNumber(call.number, call.band === 'international')}</span>;
  return typed === null ? <span className="tb-faint">–</span> : <span className="tb-num">{typed}</span>;
}

/** Label above, figure below. */
export function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="tb-figure">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <div className="tb-figure-value">{children}</div>
    </div>
  );
}
