/** Lines on a Panasonic port that are no call records. */
export const noise: Readonly<Record<string, RegExp>> = {
  blank: /^\s*$/,
  prompt: /^\s*-?\s*(?:SMDR|Enter Password: ?.*|Password: ?.*|Rejected)?\s*$/i,
  ruler: /^\s*[-*=_]{3}[-*=_\s]*$/,
  // Words of any language, far apart as columns are.
  'localized-heading': /^(?=(?:.*? {2}\p{L}){4})\D{40,}$/u,
  modem: /^\s*AT[A-Z&\d=+]*\s*$/,
  'feature-log':
    /^ ?[\d* ]{1,2}\/[\d* ]{1,2}\/[\d*]{2} .*(?:\b(?:LOG ?IN|LOG ?OUT|In the office|Out of the office|Check ?in|Check ?out|Timed Reminder|Wake-?up)|\/(?:Start|No Answer|Answer))\b/i,
};

/** The heading line of each page, by format id; the spacing of the words is what tells the pages apart. */
export const headings: Readonly<Record<string, RegExp>> = {
  'panasonic-a': /^ {2}Date {5}Time {4}Ext CO +Dial Number +Ring Duration +Acc code/,
  'panasonic-b': /^ {2}Date {5}Time {3}Ext CO Dial Number +Duration Cost +Acc code/,
  'panasonic-c': /^Date {5}Time {4}Ext {3}CO +Dial Number +Ring Duration Cost +Acc code/,
  'panasonic-td80': /^ {2}Date {5}Time {4}Ext CO +Dial Number +Duration +Acc code/,
  'panasonic-td500-a': /^Date {5}Time {4}T Ext +CO +Dial Number +Ring Duration Acct/,
  'panasonic-td500-b': /^Date {5}Time {4}T Ext +CO +Dial Number {6,}Duration Acct/,
  'panasonic-td500-c': /^Date {5}Time {4}T Ext +CO +Dial Number +Duration Cost +Acct/,
  'panasonic-td500-d': /^Date {5}Time {4}T Ext +CO +DN +Dial Number +Ring Duration Cost/,
  'panasonic-ta80': /^ {2}Date {6}Time {2}Ext\. CO +Dial number +Duration {2}Code/,
};
