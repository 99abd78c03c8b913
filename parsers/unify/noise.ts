/** Lines on a Hicom or HiPath port that are no records. */

/**
 * A heading is printed in the language of the PBX, in Russian with 7-bit remains of Cyrillic, so its shape must do: no
 * number anywhere (a lone 3 may be a Russian letter), a word over the date, another exactly over the time, more behind,
 * as wide as the page.
 */
export const noise: Readonly<Record<string, RegExp>> = {
  blank: /^\s*$/,
  heading: /^(?!.*(?:\d\d|:))(?=\D{17})(?=.{59,}\S)(?=.{0,7}[^\s\-=_*]).{8}\s[^\s\-=_*]\S*(?:\s+\S+){3,}\s*$/,
  ruler: /^\s*[-=_*]{3}[-=_*\s]*$/,
};

/** A record begins with its date; blanks in front of two digits come from whoever copied it. */
export const withoutIndent = (line: string): string =>
  line.charCodeAt(0) === 0x20 ? line.replace(/^ +(?=\d\d[./-]\d\d[./-]\d\d)/, '') : line;

export const separatedNoise: Readonly<Record<string, RegExp>> = {
  blank: /^[\s|;]*$/,
  heading: /^"?[^\d|;]{2,20}(?:[|;][^\d|;]{0,30}){6,}$/,
};
