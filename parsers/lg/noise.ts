/** Lines on an LG port that are no call records. */
import { HEADING } from './ruler.ts';

export const headings = {
  ldk: /^ NO {3}STA {3}CO {2}TIME {5}START {6,}DIALED .*\bACT\b/,
  gdk: /^ NO {3}STA CO {3}TIME {5,}START {6,}DIALED .*\bACT\b/,
  ghx: /^\s*STA\s+CO\s+TOTAL\b/i,
  ipecs: /^(?!.*\bACT\b)\s*(?:NO\s+)?STA\s+CO\s+TIME\b/i,
  gps6a: /^\s*NO\s+STA\s+CO\s+TIME\s+START\s+DIALED\s*$/i,
  vodavi: /^\s*STA\s+CO\s+(?:TIME|TOTAL|DURATION)\s+START\s+DATE\b/i,
} as const;

export function noiseOf(heading: RegExp): Readonly<Record<string, RegExp>> {
  return {
    blank: /^\s*$/,
    'site-name': /^\s*-*\s*Site\s*Name\b.*$/i,
    ruler: /^\s*[-=_*]{2}[-=_*\s]*$/,
    heading,
    'other-heading': HEADING,
  };
}
