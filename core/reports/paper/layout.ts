/** Any report as printed pages: letterhead, title, what it says of itself, its sheets, and lines to sign on. */

import type { Page } from '../../model/paper-page.ts';
import type { PageSheet, Provenance, Report, TableSheet } from '../report.ts';
import { type CellText, createCellText } from './cell-text.ts';
import { PageFlow } from './flow.ts';
import { LINE_HEIGHT, type PaperFonts } from './fonts.ts';
import type { PaperLetterhead } from './letterhead.ts';
import { layPageSheet, pageOrientation } from './sheet.ts';
import { layTable } from './table.ts';
import { wrap } from './wrap.ts';

const TITLE = { size: 16, isBold: true, ink: 'text' } as const;
const FACT_LABEL = { size: 8, isBold: false, ink: 'quiet' } as const;
const FACT_VALUE = { size: 8, isBold: false, ink: 'text' } as const;
const GAP_TITLE = { size: 8, isBold: true, ink: 'warning' } as const;
const GAP = { size: 8, isBold: false, ink: 'text' } as const;
const SEAM = 0.4;
const SIGNER = { size: 9, isBold: true, ink: 'text' } as const;
const SIGN_HINT = { size: 8, isBold: false, ink: 'quiet' } as const;
/** From the date to the end of the room for names. */
const SIGNATURES_HEIGHT = 126;
/** A report of more rows is signed below its summary: nobody signs page 2,300. */
const SIGNED_ROWS = 400;

/** Pages come as they are filled, so that a long report is never in memory as a whole. */
export function* layReport(report: Report, head: PaperLetterhead, fonts: PaperFonts): Generator<Page> {
  const flow = new PageFlow(report, head, fonts);
  const text = createCellText(head.language, report.moneyDecimals);
  const isLandscape = report.isLandscape === true;
  const signedAfter = signedSheet(report);
  const [first] = report.sheets;
  const begins = first?.kind === 'page' ? pageOrientation(first) : isLandscape ? 'landscape' : 'portrait';
  flow.begin(begins);
  layHead(flow, report);
  for (const [i, sheet] of report.sheets.entries()) {
    yield* laySheet(flow, sheet, i, { report, isLandscape, text });
    if (i === signedAfter) yield* laySignatures(flow, report.signatures ?? []);
  }
  if (report.sheets.length === 0) yield* laySignatures(flow, report.signatures ?? []);
  flow.end();
  yield* flow.finished();
}

function* laySheet(
  flow: PageFlow,
  sheet: PageSheet | TableSheet,
  i: number,
  { report, isLandscape, text }: { readonly report: Report; readonly isLandscape: boolean; readonly text: CellText },
): Generator<Page> {
  if (sheet.kind === 'table') {
    yield* layTable(flow, sheet, isLandscape, text);
    return;
  }
  const orientation = pageOrientation(sheet);
  if (flow.orientation !== orientation || (i > 0 && !flow.isFresh)) flow.nextPage(orientation);
  yield* layPageSheet(flow, sheet, report.title, text);
}

/** The sheet that the signatures follow. */
function signedSheet({ sheets }: Report): number {
  const rows = sheets.reduce((sum, sheet) => sum + (sheet.kind === 'table' ? sheet.rowCount : 0), 0);
  const firstTable = sheets.findIndex((sheet) => sheet.kind === 'table');
  return rows > SIGNED_ROWS && firstTable > 0 ? firstTable - 1 : sheets.length - 1;
}

function layHead(flow: PageFlow, { title, provenance }: Report): void {
  flow.y += 8;
  flow.paragraph(title, flow.left, flow.right - flow.left, TITLE);
  flow.y += 4;
  if (provenance !== undefined) layProvenance(flow, provenance);
  flow.isFresh = false;
}

function layProvenance(flow: PageFlow, { facts, gaps }: Provenance): void {
  const labels = facts.map(({ label }) => flow.fonts.printable(label));
  const labelWidth = Math.min(
    150,
    labels.reduce((most, label) => Math.max(most, flow.fonts.width(label, FACT_LABEL.size, false)), 0) + 12,
  );
  const valueX = flow.left + labelWidth;
  facts.forEach(({ value }, i) => {
    const label = wrap(labels[i] ?? '', labelWidth - 8, FACT_LABEL, flow.fonts);
    const values = wrap(flow.fonts.printable(value), flow.right - valueX, FACT_VALUE, flow.fonts);
    const height = Math.max(label.length, values.length) * FACT_VALUE.size * LINE_HEIGHT;
    if (height > flow.room) flow.nextPage();
    flow.linesAt(label, flow.left, flow.y, FACT_LABEL);
    flow.linesAt(values, valueX, flow.y, FACT_VALUE);
    flow.y += height + 1;
  });
  layGaps(flow, gaps);
}

/** On a ground of its own, so that nobody overlooks it; line by line, as there may be many. */
function layGaps(flow: PageFlow, gaps: readonly string[]): void {
  if (gaps.length === 0) return;
  flow.y += 5;
  const width = flow.right - flow.left;
  const line = (text: string, style: typeof GAP | typeof GAP_TITLE, indent: number): void => {
    const step = style.size * LINE_HEIGHT + 1;
    for (const part of wrap(flow.fonts.printable(text), width - 24 - indent, style, flow.fonts)) {
      if (step > flow.room) flow.nextPage();
      // A little into the next line, or seams would show.
      flow.box(flow.left, flow.y, width, step + SEAM, 'warning-ground');
      flow.box(flow.left, flow.y, 2, step + SEAM, 'warning');
      flow.text(part, flow.left + 10 + indent, style);
      flow.y += step;
    }
  };
  line(flow.head.words.gaps, GAP_TITLE, 0);
  for (const gap of gaps) line(gap, GAP, 0);
}

/** The place and date above the last signer, as papers of the country have it; all of it on one page. */
function* laySignatures(flow: PageFlow, signers: readonly string[]): Generator<Page> {
  if (signers.length === 0) return;
  if (flow.room < SIGNATURES_HEIGHT) flow.nextPage();
  const width = (flow.right - flow.left) / signers.length;
  const middle = (i: number): number => flow.left + (i + 0.5) * width;
  flow.y += 20;
  const last = Math.max(middle(signers.length - 1), flow.left + width / 2);
  const dateWidth = flow.fonts.width(flow.head.dateLine, SIGN_HINT.size, false);
  // It may be wider than the last column.
  const dateX = Math.min(last, flow.right - dateWidth / 2);
  flow.text(flow.fonts.printable(flow.head.dateLine), dateX, { ...SIGN_HINT, ink: 'text' }, 'center');
  flow.y += 16;
  const lines = signers.map((signer) => wrap(flow.fonts.printable(signer), width - 10, SIGNER, flow.fonts));
  for (const [i, words] of lines.entries()) flow.linesAt(words, middle(i), flow.y, SIGNER, 'center');
  flow.y += Math.max(...lines.map((words) => words.length)) * SIGNER.size * LINE_HEIGHT + 1;
  for (const i of signers.keys()) flow.text(flow.head.signHint, middle(i), SIGN_HINT, 'center');
  flow.y += 62;
  const lineWidth = Math.min(width - 24, 140);
  for (const i of signers.keys()) flow.rule(middle(i) - lineWidth / 2, flow.y, lineWidth, 'line');
  flow.y += 8;
  flow.isFresh = false;
  yield* flow.finished();
}
