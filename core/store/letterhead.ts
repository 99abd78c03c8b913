/** The letterhead of printed pages: the one that holds, and those that closed months were printed with. */
import { createHash } from 'node:crypto';
import type { Letterhead, LetterheadTexts, Logo, LogoType } from '../model/letterhead.ts';
import type { Database } from './database.ts';

export const NO_LETTERHEAD: Letterhead = {
  id: null,
  lines: [],
  footer: '',
  place: '',
  signatures: { vi: null, en: null },
  logo: null,
};

interface StoredLetterhead {
  readonly id: number;
  readonly lines: string;
  readonly footer: string;
  readonly place: string;
  readonly signaturesVi: string | null;
  readonly signaturesEn: string | null;
  readonly type: LogoType | null;
  readonly bytes: Uint8Array | null;
  readonly widthPixels: number | null;
  readonly heightPixels: number | null;
}

const SELECT = `SELECT h.id, h.lines, h.footer, h.place, h.signatures_vi AS signaturesVi,
  h.signatures_en AS signaturesEn, l.type, l.bytes, l.width_pixels AS widthPixels, l.height_pixels AS heightPixels
  FROM letterheads h LEFT JOIN logos l ON l.sha256 = h.logo_sha256`;

/** The one that holds, or the one of this id; without any: an empty one. */
export function readLetterhead(db: Database, id?: number | null): Letterhead {
  if (id === null) return NO_LETTERHEAD;
  const row = (
    id === undefined
      ? db.prepare(`${SELECT} ORDER BY h.id DESC LIMIT 1`).get()
      : db.prepare(`${SELECT} WHERE h.id = ?`).get(id)
  ) as StoredLetterhead | undefined;
  return row === undefined ? NO_LETTERHEAD : letterheadOf(row);
}

function letterheadOf(row: StoredLetterhead): Letterhead {
  const list = (text: string): readonly string[] => JSON.parse(text) as readonly string[];
  return {
    id: row.id,
    lines: list(row.lines),
    footer: row.footer,
    place: row.place,
    signatures: {
      vi: row.signaturesVi === null ? null : list(row.signaturesVi),
      en: row.signaturesEn === null ? null : list(row.signaturesEn),
    },
    logo:
      row.type === null || row.bytes === null
        ? null
        : {
            type: row.type,
            bytes: row.bytes,
            widthPixels: row.widthPixels ?? 0,
            heightPixels: row.heightPixels ?? 0,
          },
  };
}

/** Puts a new version in force; the logo goes on as it is. */
export function putLetterheadTexts(db: Database, texts: LetterheadTexts): Letterhead {
  return put(db, { ...texts, logo: readLetterhead(db).logo });
}

/** The logo was checked by the caller; null takes it away. */
export function putLetterheadLogo(db: Database, logo: Logo | null): Letterhead {
  return put(db, { ...readLetterhead(db), logo });
}

function put(db: Database, { logo, ...texts }: Omit<Letterhead, 'id'>): Letterhead {
  const list = (items: readonly string[] | null): string | null => (items === null ? null : JSON.stringify(items));
  db.transaction(() => {
    const sha256 = logo === null ? null : createHash('sha256').update(logo.bytes).digest('hex');
    if (logo !== null) {
      db.prepare(
        `INSERT INTO logos (sha256, type, width_pixels, height_pixels, bytes) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
      ).run(sha256, logo.type, logo.widthPixels, logo.heightPixels, Buffer.from(logo.bytes));
    }
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO letterheads (lines, footer, place, signatures_vi, signatures_en, logo_sha256)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(
        JSON.stringify(texts.lines),
        texts.footer,
        texts.place,
        list(texts.signatures.vi),
        list(texts.signatures.en),
        sha256,
      );
    db.prepare(
      `DELETE FROM letterheads WHERE id <> ?
       AND id NOT IN (SELECT letterhead_id FROM closed_files WHERE letterhead_id IS NOT NULL)`,
    ).run(lastInsertRowid);
    db.exec(
      `DELETE FROM logos WHERE sha256 NOT IN
         (SELECT logo_sha256 FROM letterheads WHERE logo_sha256 IS NOT NULL)`,
    );
  })();
  return readLetterhead(db);
}
