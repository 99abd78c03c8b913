/** How workbooks look: the version that holds, and those that closed months were printed with. */
import type { LogoType } from '../model/letterhead.ts';
import { BUILT_IN_LOOK, type WorkbookLook } from '../model/workbook-look.ts';
import type { Database } from './database.ts';
import { readLetterhead } from './letterhead.ts';

export interface WorkbookTemplate {
  /** Null: nobody changed the look yet. */
  readonly id: number | null;
  readonly isBuiltIn: boolean;
  readonly madeAtMs: number | null;
  readonly madeBy: string;
  /** Its logo is its own one, not the letterhead's. */
  readonly look: WorkbookLook;
}

interface TemplateRow {
  readonly id: number;
  readonly madeAtMs: number;
  readonly madeBy: string;
  readonly look: string | null;
  readonly type: LogoType | null;
  readonly widthPixels: number | null;
  readonly heightPixels: number | null;
  readonly bytes: Uint8Array | null;
}

const SELECT = `SELECT id, made_at_ms AS madeAtMs, made_by AS madeBy, look, logo_type AS type,
  logo_width_pixels AS widthPixels, logo_height_pixels AS heightPixels, logo_bytes AS bytes FROM workbook_templates`;
const NONE: WorkbookTemplate = { id: null, isBuiltIn: true, madeAtMs: null, madeBy: '', look: BUILT_IN_LOOK };

/** The one that holds, or the one of this id; null: the look that is built in. */
export function readWorkbookTemplate(db: Database, id?: number | null): WorkbookTemplate {
  if (id === null) return NONE;
  const row = (
    id === undefined
      ? db.prepare(`${SELECT} ORDER BY id DESC LIMIT 1`).get()
      : db.prepare(`${SELECT} WHERE id = ?`).get(id)
  ) as TemplateRow | undefined;
  if (row === undefined) return NONE;
  const { type, bytes, widthPixels, heightPixels } = row;
  const stored = row.look === null ? BUILT_IN_LOOK : (JSON.parse(row.look) as Omit<WorkbookLook, 'logo'>);
  const logo =
    type === null || bytes === null
      ? null
      : { type, bytes, widthPixels: widthPixels ?? 1, heightPixels: heightPixels ?? 1 };
  const { madeAtMs, madeBy } = row;
  return { id: row.id, isBuiltIn: row.look === null, madeAtMs, madeBy, look: { ...stored, logo } };
}

/** A version with the logo that workbooks show: its own, or the letterhead's. */
export function lookOf(db: Database, { look }: WorkbookTemplate, letterheadId?: number | null): WorkbookLook {
  return look.logo === null ? { ...look, logo: readLetterhead(db, letterheadId).logo } : look;
}

/** Puts a new version in force; null: the look that is built in. Versions that no file needs go. */
export function putWorkbookLook(
  db: Database,
  look: WorkbookLook | null,
  { atMs, by }: { readonly atMs: number; readonly by: string },
): WorkbookTemplate {
  db.transaction(() => {
    const { logo, ...rest } = look ?? { logo: null };
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO workbook_templates (made_at_ms, made_by, look, logo_type, logo_width_pixels, logo_height_pixels,
           logo_bytes) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        atMs,
        by,
        look === null ? null : JSON.stringify(rest),
        logo?.type ?? null,
        logo?.widthPixels ?? null,
        logo?.heightPixels ?? null,
        logo === null ? null : Buffer.from(logo.bytes),
      );
    db.prepare(
      `DELETE FROM workbook_templates WHERE id <> ?
       AND id NOT IN (SELECT template_id FROM closed_files WHERE template_id IS NOT NULL)`,
    ).run(lastInsertRowid);
  })();
  return readWorkbookTemplate(db);
}
