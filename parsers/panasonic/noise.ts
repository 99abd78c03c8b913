/** Lines on a Panasonic port that are no call records. */
export const noise: Readonly<Record<string, RegExp>> = {
  blank: /^\s*$/,
  prompt: /^\s*-?\s*(?:SMDR|Enter Password: ?.*|Password: ?.*|Rejected)?\s*$/i,
  ruler: /^\s*[-*=_]{3}[-*=_\s]*$/,
  heading: /^\s*Date\s+Time\b/i,
  'localized-heading': /^(?=.*\p{L})\D{40,}$/u,
  modem: /^\s*AT[A-Z&\d=+]*\s*$/,
  'feature-log':
    /^ ?[\d* ]{1,2}\/[\d* ]{1,2}\/[\d*]{2} .*\b(?:LOG ?IN|LOG ?OUT|In the office|Out of the office|Check ?in|Check ?out|Timed Reminder|Wake-?up|\/(?:Start|No Answer|Answer))\b/i,
};
