/** A table as other programs paste it: tabs for sheets, HTML for mails and word processors. */

/** A text stays a text (numbers called keep their zero); an amount is a number that can be added up. */
export type CopiedCell = string | { readonly amount: string };

export interface CopiedTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly CopiedCell[])[];
}

const textOf = (cell: CopiedCell): string => (typeof cell === 'string' ? cell : cell.amount);

/** One cell stays one cell, and a sheet takes nothing that somebody sent for a formula. */
function plainCell(cell: CopiedCell): string {
  const text = textOf(cell).replace(/[\t\r\n]+/g, ' ');
  return typeof cell === 'string' && /^[=+\-@]/.test(text) ? `'${text}` : text;
}

export function tabbedText({ head, rows }: CopiedTable): string {
  return [head, ...rows].map((row) => row.map(plainCell).join('\t')).join('\r\n');
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => ESCAPED[char] ?? char);

/** Sheets take a cell marked so for text. */
const AS_TEXT = ` style="mso-number-format:'\\@'"`;

function markupCell(cell: CopiedCell): string {
  return typeof cell === 'string'
    ? `<td${AS_TEXT}>${escaped(cell)}</td>`
    : `<td align="right">${escaped(cell.amount)}</td>`;
}

export function markup({ head, rows }: CopiedTable): string {
  const heads = head.map((text) => `<th align="left">${escaped(text)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(markupCell).join('')}</tr>`).join('');
  return `<table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table>`;
}

/** What a table of a page shows; marks that only the screen has are left out. */
export function readTable(table: HTMLTableElement): CopiedTable {
  const cells = (row: HTMLTableRowElement): string[] =>
    [...row.cells].map((cell) => (cell.innerText ?? cell.textContent ?? '').trim());
  const [headRow, ...others] = [...table.rows];
  return { head: headRow === undefined ? [] : cells(headRow), rows: others.map(cells) };
}

/** The older way: works where a page is not served over TLS, too. */
function copyByEvent(table: CopiedTable): boolean {
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', tabbedText(table));
    event.clipboardData?.setData('text/html', markup(table));
    event.preventDefault();
  };
  document.addEventListener('copy', fill, { once: true });
  const isCopied = document.execCommand('copy');
  document.removeEventListener('copy', fill);
  return isCopied;
}

/** False: the browser did not allow it. */
export async function copyTable(table: CopiedTable): Promise<boolean> {
  if (copyByEvent(table)) return true;
  if (!('ClipboardItem' in window)) return false;
  const blob = (type: string, text: string): Blob => new Blob([text], { type });
  const item = new ClipboardItem({
    'text/plain': blob('text/plain', tabbedText(table)),
    'text/html': blob('text/html', markup(table)),
  });
  return navigator.clipboard.write([item]).then(
    () => true,
    () => false,
  );
}
