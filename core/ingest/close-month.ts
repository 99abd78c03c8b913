/**
 * Closes a month: from then on its calls, owners, prices and names stay as they are. Runs where calls are written, so that
 * nothing changes between the fingerprint and the closing.
 */

import { AppError } from '../model/errors.ts';
import { ClosingStore } from '../store/closings.ts';
import type { Database } from '../store/database.ts';
import { daysOfMonth } from '../store/month-days.ts';
import { monthFingerprint } from '../store/month-fingerprint.ts';
import { freezeNames, frozenNames, namesToFreeze } from '../store/month-names.ts';
import { QuarantineStore } from '../store/quarantine.ts';
import { SettingsStore } from '../store/settings.ts';
import { TariffMonths } from '../store/tariff-months.ts';
import { SiteZone } from './site-zone.ts';

const SECONDS_PER_DAY = 86_400;

export interface ClosingRequest {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly by: string;
  readonly reason: string;
  readonly atMs: number;
}

/** The month's bounds as instants of the site's clock, milliseconds since 1970. */
export function monthInstants(month: string, timeZone: string): { readonly fromMs: number; readonly toMs: number } {
  const zone = new SiteZone(timeZone);
  const { first, end } = daysOfMonth(month);
  const instantMs = (day: number): number => zone.placeLocal(day * SECONDS_PER_DAY).instant * 1000;
  return { fromMs: instantMs(first), toMs: instantMs(end) };
}

/**
 * Throws AppError `month-not-over`, `month-closed` when it is closed already, and `month-still-read` while prices of it wait. Gives the number of calls that it closed.
 */
export function closeMonth(db: Database, { month, by, reason, atMs }: ClosingRequest): { readonly calls: number } {
  const { companyName, timeZone } = new SettingsStore(db).get();
  const { fromMs, toMs } = monthInstants(month, timeZone);
  if (atMs < toMs) throw new AppError('month-not-over', { month });
  const closings = new ClosingStore(db);
  if (closings.isClosed(month)) throw new AppError('month-closed', { month });
  if (new TariffMonths(db).waiting(month).length > 0) throw new AppError('month-still-read', { month });
  const names = namesToFreeze(db, month);
  const { fingerprint, calls } = monthFingerprint(db, month, names);
  const quarantinedFrames = new QuarantineStore(db).countReceived(fromMs, toMs);
  db.transaction(() => {
    const closing = { month, by, reason, atMs, fingerprint, calls, timeZone, quarantinedFrames };
    const id = closings.close({ ...closing, company: companyName });
    freezeNames(db, id, names);
  }).immediate();
  return { calls };
}

/** What a month's fingerprint would be now, with the names of its closing where it is closed. */
export function fingerprintNow(db: Database, month: string): string {
  const names = frozenNames(db, month);
  return monthFingerprint(db, month, names.length > 0 ? names : namesToFreeze(db, month)).fingerprint;
}
