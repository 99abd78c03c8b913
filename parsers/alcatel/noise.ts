/** Lines on a 4200 or OXO printer port that are no statement lines. Anything else is kept as damaged, not passed over. */
export const statementNoise: Readonly<Record<string, RegExp>> = {
  blank: /^\s*$/,
  ruler: /^\s*[-=_*]{3}[-=_*\s+|]*$/,
  /** A page heading names the columns: no number in it, and at least two of their names. */
  heading:
    /^(?!.*\d\d)(?=.*(?:\bDATE\b|\bDATUM\b|\bFECHA\b|\bDATA\b))(?=.*(?:USER|USAGER|ABONN|DURATION|DUR[ÉE]E|TIME|HEURE|LINE|LIGNE|TRUNK|TRK|COST|NUMBER)).*$/i,
  /** The number of calls of the day, in words that 4200 is sold with, and the number of the page. */
  count:
    /^(?!.*(?:-->|<--|\d:\d\d:\d\d)).*\b(?:PAGE|TOTAL|COUNT|CALLS?|APPELS?|COMMUNICATIONS?|LLAMADAS?|CHAMADAS?|CHIAMATE|ANRUFE|GESPR[ÄA]E?CHE)\b.*\d\s*\.?\s*$/i,
  alarm: /^(?!.*(?:-->|<--))\s*(?:\*+\s*)?(?:MAJOR|MINOR|URGENT|SYSTEM)?\s*ALARM/i,
};
