/** The body of an e-mail as plain text and as a small page that mail programs of all ages show alike. */

export interface MailPage {
  readonly company: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What the reader is asked to do. */
  readonly button?: { readonly label: string; readonly url: string; readonly note: string };
  readonly facts?: readonly { readonly label: string; readonly value: string }[];
  readonly footer: string;
}

export function mailText({ title, paragraphs, button, facts = [], footer }: MailPage): string {
  const parts = [
    title,
    ...paragraphs,
    ...(facts.length === 0 ? [] : [facts.map(({ label, value }) => `${label}: ${value}`).join('\n')]),
    ...(button === undefined ? [] : [`${button.label}:\n${button.url}\n${button.note}`]),
    `-- \n${footer}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

const INK = '#1c2733';
const QUIET = '#5b6773';
const LEDGER = '#0b6b57';
const FONT = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Inline styles in tables: what the mail programs of offices understand. */
export function mailHtml({ company, title, paragraphs, button, facts = [], footer }: MailPage): string {
  const text = (words: string): string =>
    `<p style="margin:0 0 14px;font-size:15px;line-height:1.55;color:${INK}">${escaped(words)}</p>`;
  return [
    '<!doctype html><html><head><meta charset="utf-8"></head>',
    `<body style="margin:0;padding:24px 12px;background:#f3f5f4;${FONT}">`,
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">',
    '<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;max-width:560px;background:#ffffff;',
    `border:1px solid #dfe5e2;border-top:4px solid ${LEDGER};border-radius:6px"><tr><td style="padding:26px 30px">`,
    company === '' ? '' : `<p style="margin:0 0 6px;font-size:13px;color:${QUIET}">${escaped(company)}</p>`,
    `<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3;color:${INK}">${escaped(title)}</h1>`,
    ...paragraphs.map(text),
    factTable(facts),
    button === undefined ? '' : buttonOf(button),
    `<p style="margin:22px 0 0;padding-top:14px;border-top:1px solid #e6ebe8;font-size:12px;line-height:1.5;`,
    `color:${QUIET}">${escaped(footer)}</p></td></tr></table></td></tr></table></body></html>`,
  ].join('');
}

function factTable(facts: NonNullable<MailPage['facts']>): string {
  if (facts.length === 0) return '';
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td style="padding:4px 18px 4px 0;font-size:14px;color:${QUIET};vertical-align:top">${escaped(label)}</td>` +
      `<td style="padding:4px 0;font-size:14px;color:${INK}">${escaped(value)}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px">${rows.join('')}</table>`;
}

function buttonOf({ label, url, note }: NonNullable<MailPage['button']>): string {
  return [
    `<p style="margin:6px 0 10px"><a href="${escaped(url)}" style="display:inline-block;padding:11px 22px;`,
    `border-radius:5px;background:${LEDGER};color:#ffffff;font-size:15px;font-weight:600;text-decoration:none">`,
    `${escaped(label)}</a></p><p style="margin:0;font-size:13px;color:${QUIET}">${escaped(note)}</p>`,
  ].join('');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
