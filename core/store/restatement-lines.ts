/** Corrections as reports list them: each with the call it is about, a line for every person it takes from or gives to. */
import type { Band, CallId } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { Database } from './database.ts';
import type { RestatementKind } from './restatements.ts';

export interface CorrectionLine {
  readonly restatementId: number;
  readonly callId: CallId;
  readonly kind: RestatementKind;
  readonly isTakeBack: boolean;
  readonly atMs: number;
  readonly by: string;
  readonly reason: string;
  /** 0 where nobody owns it. */
  readonly personId: number;
  readonly departmentId: number;
  readonly band: Band;
  readonly currency: string;
  readonly chargeMicro: AmountMicro;
  readonly privateMicro: AmountMicro;
  readonly startLocalS: number;
  readonly dialled: string | null;
  readonly number: string | null;
  readonly destinationEn: string | null;
  readonly destinationVi: string | null;
}

interface LineColumns extends Omit<CorrectionLine, 'isTakeBack' | 'chargeMicro' | 'privateMicro'> {
  readonly takesBackId: number | null;
  readonly chargeText: string;
  readonly privateText: string;
}

export class CorrectionLines {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  count(month: string): number {
    return Number(this.#db.prepare('SELECT COUNT(*) FROM restatement_sums WHERE month = ?').pluck().get(month));
  }

  /** In the order they were made. The connection can do nothing else while this runs. */
  *lines(month: string): Generator<CorrectionLine> {
    const rows = this.#db
      .prepare(
        `SELECT r.id AS restatementId, r.call_id AS callId, r.kind, r.takes_back_id AS takesBackId, r.made_at_ms AS atMs,
           r.made_by AS "by", r.reason, s.person_id AS personId, s.department_id AS departmentId, s.band, s.currency,
           CAST(s.charge_micro AS TEXT) AS chargeText, CAST(s.private_micro AS TEXT) AS privateText,
           c.start_local_s AS startLocalS, c.dialled, c.number, t.name_en AS destinationEn, t.name_vi AS destinationVi
         FROM restatement_sums s JOIN restatements r ON r.id = s.restatement_id JOIN calls c ON c.id = r.call_id
           LEFT JOIN destinations t ON t.id = c.destination_id
         WHERE s.month = ? ORDER BY s.restatement_id, s.place`,
      )
      .iterate(month);
    for (const row of rows) {
      const { takesBackId, chargeText, privateText, ...line } = row as LineColumns;
      yield {
        ...line,
        isTakeBack: takesBackId !== null,
        chargeMicro: amountMicro(BigInt(chargeText)),
        privateMicro: amountMicro(BigInt(privateText)),
      };
    }
  }
}
