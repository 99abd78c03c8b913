/** How workbooks look: fields, and the template that people restyle. */
import { createHash } from 'node:crypto';
import type { Language } from '../../i18n/translate.ts';
import { createTranslate } from '../../i18n/translate.ts';
import type { Viewer } from '../../model/access.ts';
import type { WorkbookLook as StoredLook } from '../../model/workbook-look.ts';
import { makeTemplate } from '../../reports/workbook-template.ts';
import { isTemplateFault, readTemplate } from '../../reports/workbook-template-read.ts';
import { readLetterhead } from '../../store/letterhead.ts';
import {
  lookOf,
  putWorkbookLook,
  readWorkbookTemplate,
  type WorkbookTemplate as StoredTemplate,
} from '../../store/workbook-templates.ts';
import type { WorkbookLook, WorkbookTemplate } from '../contract.ts';
import { CONTENT_TYPES } from '../file-response.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';

type TemplateHandlers = Pick<
  Handlers,
  | 'getWorkbookTemplate'
  | 'putWorkbookStyle'
  | 'downloadWorkbookTemplate'
  | 'checkWorkbookTemplate'
  | 'putWorkbookTemplate'
  | 'resetWorkbookTemplate'
>;

export function workbookTemplateRoutes({ deps }: ApiParts): TemplateHandlers {
  const { db } = deps;
  const put = (look: StoredLook | null, viewer: Viewer): WorkbookTemplate =>
    viewOf(putWorkbookLook(db, look, { atMs: deps.nowMs(), by: viewer.name }));

  const uploaded = async (bytes: Uint8Array, language: Language): Promise<StoredLook> => {
    const found = await readTemplate(bytes);
    if (isTemplateFault(found)) throw InvalidInput.of('', found.fault, language, { cells: found.cells.join(', ') });
    // The picture of the letterhead came with the download: it goes on changing with the letterhead.
    const isLetterheads = sha256Of(found.logo?.bytes) === sha256Of(readLetterhead(db).logo?.bytes);
    return isLetterheads ? { ...found, logo: null } : found;
  };

  return {
    getWorkbookTemplate: () => viewOf(readWorkbookTemplate(db)),
    putWorkbookStyle: ({ body, viewer }) => {
      const { look } = readWorkbookTemplate(db);
      const { fontName, headingColor, headingFill, totalFill, ...rest } = body;
      const changed: StoredLook = {
        ...look,
        ...rest,
        title: { ...look.title, fontName },
        heading: { ...look.heading, fontName, color: headingColor, fill: headingFill },
        total: { ...look.total, fontName, fill: totalFill },
        body: { ...look.body, fontName },
      };
      return put(changed, viewer);
    },
    downloadWorkbookTemplate: async ({ query, language: spoken }) => {
      const { language = spoken } = query;
      return {
        fileName: `${createTranslate(language)('report.template.fileName')}.xlsx`,
        contentType: CONTENT_TYPES.xlsx,
        body: await makeTemplate(lookOf(db, readWorkbookTemplate(db)), language),
      };
    },
    checkWorkbookTemplate: async ({ body, language }) => lookView(await uploaded(body, language)),
    putWorkbookTemplate: async ({ body, language, viewer }) => put(await uploaded(body, language), viewer),
    resetWorkbookTemplate: ({ viewer }) => put(null, viewer),
  };
}

function sha256Of(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : createHash('sha256').update(bytes).digest('hex');
}

function viewOf({ isBuiltIn, madeAtMs, madeBy, look }: StoredTemplate): WorkbookTemplate {
  return { isBuiltIn, madeAtMs, madeBy, look: lookView(look) };
}

function lookView({ logo, ...look }: StoredLook): WorkbookLook {
  if (logo === null) return { ...look, logo };
  const { type, widthPixels, heightPixels } = logo;
  return { ...look, logo: { type, widthPixels, heightPixels } };
}
