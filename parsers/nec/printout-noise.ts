/** Lines of the printout that are no calls: headings, summaries, and records of what the PBX could not do. */
import { rememberPageDate } from '../page-date.ts';
import { IMPOSSIBLE, readDate } from '../readers.ts';
import type { StreamContext } from '../types.ts';

const PAGE = /^\s{2,}(\d\d\/\d\d\/\d{4})\s+PAGE\b/;

/** Remembers the date of the page heading, the only place that prints the year. */
export function observeHeading(line: string, context: StreamContext, isDayFirst: boolean): void {
  const printed = PAGE.exec(line)?.[1];
  if (printed === undefined) return;
  const date = readDate(printed, isDayFirst ? 'DMY' : 'MDY');
  if (date !== undefined && date !== IMPOSSIBLE) rememberPageDate(context, date);
}

export const noise: Readonly<Record<string, RegExp>> = {
  blank: /^\s*$/,
  'page-heading': /^\s{2,}\d\d\/\d\d\/\d{4}\s+PAGE\b/,
  heading: /^\s*CLASS\s+TIME\b/,
  ruler: /^\s*[-=_*]{3}[-=_*\s]*$/,
  // Records were lost while the PBX's memory was full.
  'records-lost': /^BFL\b/,
  'all-lines-busy': /^ALB {1,3}\d\d:\d\d\b/,
  'call-blocked': /^BRD {1,3}\d\d:\d\d\b/,
  summary: /^\s*(?:(?:OUTGOING|INCOMING) CALL\b.*\bSUMMARY\b|FOR (?:DAY|WEEK|MONTH) OF\b|TOTAL\b[A-Z ./()&-]*:)/,
  'summary-line': /^\s*[A-Z][A-Z ./()&-]{3,}:\s*[\d:.,$]+\s*$/,
};
