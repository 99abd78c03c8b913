/** The letterhead of printed pages. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { createTranslate, LANGUAGES } from '../../i18n/translate.ts';
import { AppError } from '../../model/errors.ts';
import type { Letterhead as StoredLetterhead } from '../../model/letterhead.ts';
import { signaturesOf } from '../../reports/paper/letterhead.ts';
import { readLogo } from '../../reports/paper/logo.ts';
import { putLetterheadLogo, putLetterheadTexts, readLetterhead } from '../../store/letterhead.ts';
import type { Letterhead } from '../contract.ts';
import type { PaperBatches } from '../paper-batches.ts';
import { paperView } from '../paper-view.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';

type PaperHandlers = Pick<
  Handlers,
  | 'getLetterhead'
  | 'putLetterhead'
  | 'getLogo'
  | 'putLogo'
  | 'removeLogo'
  | 'previewLetterhead'
  | 'startPaperBatch'
  | 'getPaperBatch'
  | 'getPaperBatchFile'
  | 'dropPaperBatch'
>;

/** More than a small report under any letterhead has. */
const SAMPLE_PAGES = 2;

export function paperRoutes({ deps }: ApiParts, batches: PaperBatches): PaperHandlers {
  const { db } = deps;
  return {
    getLetterhead: () => viewOf(readLetterhead(db)),
    putLetterhead: ({ body }) => viewOf(putLetterheadTexts(db, body)),
    getLogo: () => {
      const { logo } = readLetterhead(db);
      if (logo === null) throw new AppError('not-found', { what: 'logo', id: '' });
      return { fileName: `logo.${logo.type}`, contentType: `image/${logo.type}`, body: new Uint8Array(logo.bytes) };
    },
    putLogo: ({ body, language }) => {
      const logo = readLogo(body);
      if (typeof logo === 'string') throw InvalidInput.of('', logo, language);
      return viewOf(putLetterheadLogo(db, logo));
    },
    removeLogo: () => viewOf(putLetterheadLogo(db, null)),
    previewLetterhead: ({ body }) =>
      paperView(
        { kind: 'sample', databasePath: db.name, texts: body.letterhead, language: body.language },
        SAMPLE_PAGES,
      ),
    startPaperBatch: async ({ body, language, viewer }) =>
      batches.view(await batches.start(body, language, viewer), viewer, language),
    getPaperBatch: ({ params, language, viewer }) => batches.view(params.id, viewer, language),
    getPaperBatchFile: ({ params, language, viewer }) => {
      const { file, month, spoken = language } = batches.file(params.id, viewer);
      return {
        fileName: `${createTranslate(spoken)('paper.batch.fileName', { month })}.zip`,
        contentType: 'application/zip',
        body: Readable.toWeb(createReadStream(file)) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>,
      };
    },
    dropPaperBatch: async ({ params, viewer }) => {
      await batches.drop(params.id, viewer);
      return undefined;
    },
  };
}

function viewOf({ id, lines, footer, place, signatures, logo }: StoredLetterhead): Letterhead {
  const list = (items: readonly string[] | null): string[] | null => (items === null ? null : [...items]);
  const usual = { signatures: { vi: null, en: null } };
  const [vi, en] = LANGUAGES.map((language) => [...signaturesOf(usual, language)]);
  return {
    lines: [...lines],
    footer,
    place,
    signatures: { vi: list(signatures.vi), en: list(signatures.en) },
    usualSignatures: { vi: vi ?? [], en: en ?? [] },
    logo:
      logo === null
        ? null
        : {
            type: logo.type,
            widthPixels: logo.widthPixels,
            heightPixels: logo.heightPixels,
            byteLength: logo.bytes.length,
          },
    version: id ?? 0,
  };
}
