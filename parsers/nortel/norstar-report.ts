/**
 * A Norstar report: all lines of one call.
 *
 *     -------- 04/04/99 11:12:01 LINE = 0013 STN = 7465      incoming: when it was answered; outgoing: when the line was taken
 *     CALLING NUMBER /12345678901                            `/`: its beginning is cut off, `x` behind: its end
 *     NAME UNKNOWN                                           and a second line for more of it
 *     UNKNOWN
 *     DNIS NUMBER 9772210
 *     BC = SPEECH
 *     00:00:00 INCOMING CALL RINGING 0:32
 *     DIGITS DIALED 5551212
 *     00:00:37 ACCOUNT CODE 87
 *     00:12:59 CALL RELEASED                                 what happened, and how long after the header's time
 */
import type { Draft, ReadState } from '../engine.ts';
import { clockSeconds, readDate, readTime, writeTime } from '../readers.ts';
import type { ParseOutcome } from '../types.ts';

const HEADER = /^-{8,} *(\d\d[/.-]\d\d[/.-]\d\d(?:\d\d)?) +(\d\d:\d\d:\d\d)(?: +(.*))?$/;
const DASHES = /^-{8,}$/;
/** What the lines begin with that tell of no call. */
const RESTART = /^(?:-{8,} *(?:\d\d[/.-]\d\d[/.-]\d\d +\d\d:\d\d:\d\d +)?)?RECORDS? RESTART/;
const LOST = /^(?:-{8,} *(?:\d\d[/.-]\d\d[/.-]\d\d +\d\d:\d\d:\d\d +)?)?(?:\d+ +)?REPORTS? LOST/;

const FIELD = /(LINE|STN) *= *([\dA-Z]+)/g;
const FIELD_ALONE = /^(LINE|STN) *= *([\dA-Z]+)$/;
const EVENT = /^(\d\d:\d\d:\d\d) +(\S.*)$/;
const RINGING = /\bRINGING +(\d{1,2}:\d\d)$/;
const DIALLED = /^[\d*#!+PpXx ,.-]{1,48}$/;
/** Lines of information that say nothing of what a record holds. */
const INFORMATION = /^[A-Z][A-Z\d =:/.,()*#+$-]*$/;
const UNKNOWN = 'UNKNOWN';

/** What the report says, while it is read. */
interface Report {
  readonly draft: Draft;
  readonly extra: Record<string, string>;
  readonly notes: string[];
  station: string | undefined;
  isNextName: boolean;
  isReleased: boolean;
  /** Any line told what kind of call it was. */
  isKnownCall: boolean;
}

function readHeader(line: string, report: Report, state: ReadState): string | undefined {
  const [, printedDate = '', printedTime = '', fields = ''] = HEADER.exec(line) ?? [];
  const date = readDate(printedDate, state.options.dateOrder);
  const time = readTime(printedTime);
  if (date === undefined) return 'bad-date';
  if (time === undefined) return 'bad-time';
  if (fields.replace(FIELD, '').trim() !== '') return 'outside-fields';
  const lines: string[] = [];
  for (const [, name, value = ''] of fields.matchAll(FIELD)) {
    if (name === 'LINE') lines.push(value);
    else report.station = value;
  }
  const [line1, line2] = lines;
  if (lines.length > 2) return 'outside-fields';
  if (line1 !== undefined) report.draft.trunk = line1;
  if (line2 !== undefined) {
    report.draft.trunkOut = line2;
    report.draft.direction = 'tandem';
  }
  if (report.station !== undefined) report.draft.extension = report.station;
  return writeTime(report.draft, state, date, time, state.options.timeIs);
}

/** What stands behind the words of a line. */
const behind = (line: string, words: string): string => line.slice(words.length).replace(/^[ =:]+/, '');

function readEvent(seconds: number, words: string, report: Report): string | undefined {
  const { draft, extra } = report;
  const ring = RINGING.exec(words)?.[1];
  if (ring !== undefined) {
    const ringSeconds = clockSeconds(ring, 2);
    if (ringSeconds === undefined) return 'bad-ring';
    draft.ringSeconds = ringSeconds;
  }
  if (words.startsWith('INCOMING CALL')) {
    report.isKnownCall = true;
    draft.direction ??= 'incoming';
    draft.answered = true;
  } else if (words.startsWith('OUTGOING CALL')) {
    report.isKnownCall = true;
    draft.direction ??= 'outgoing';
  } else if (words.startsWith('NO ANSWER')) {
    report.isKnownCall = true;
    report.isReleased = true;
    draft.direction ??= 'incoming';
    draft.answered = false;
  } else if (words.startsWith('CALL RELEASED')) {
    report.isReleased = true;
    if (draft.answered !== false) draft.durationSeconds = seconds;
  } else if (words.startsWith('ACCOUNT CODE')) {
    const code = behind(words, 'ACCOUNT CODE');
    if (!/^[\d*#]{1,12}$/.test(code)) return 'bad-account';
    draft.accountCode = code;
  } else if (words.startsWith('DIGITS DIALED')) {
    return readDigits(behind(words, 'DIGITS DIALED'), report);
  } else if (words.startsWith('RESTRICTION PASSWORD')) {
    // The number of a password in the system's list, not the password.
    const password = behind(words, 'RESTRICTION PASSWORD');
    if (password !== '') extra['restrictionPassword'] = password;
  } else if (/\bTRANSFER/.test(words)) {
    draft.transferred = true;
    const to = /(\d+)$/.exec(words)?.[1];
    if (to !== undefined) extra['transferredTo'] = to;
  } else if (!/^(?:HOLD|UNHOLD|INVALID PASSWORD)/.test(words)) {
    if (!INFORMATION.test(words)) return 'bad-event';
    report.notes.push(words);
  }
  return undefined;
}

function readNumber(printed: string, report: Report, state: ReadState): string | undefined {
  if (printed === '' || printed === UNKNOWN) return undefined;
  const number = printed.startsWith('/') ? printed.slice(1) : printed;
  if (/^[\d*#+]+[Xx]*$/.test(number)) {
    report.draft.callerNumber = number;
    if (number !== printed) state.doubts.push('number-hidden');
    return undefined;
  }
  // PRIVATE, OUT OF AREA and the like.
  if (!INFORMATION.test(number)) return 'bad-number';
  report.extra['caller'] = number;
  return undefined;
}

function readDigits(printed: string, { draft }: Report): string | undefined {
  if (printed === '') return undefined;
  if (!DIALLED.test(printed)) return 'bad-number';
  draft.dialedNumber = draft.dialedNumber === undefined ? printed : draft.dialedNumber + printed;
  return undefined;
}

function readInformation(line: string, report: Report, state: ReadState): string | undefined {
  const { draft, extra } = report;
  if (line.startsWith('CALLING NUMBER')) return readNumber(behind(line, 'CALLING NUMBER'), report, state);
  if (line.startsWith('DIGITS DIALED')) return readDigits(behind(line, 'DIGITS DIALED'), report);
  if (line.startsWith('DNIS NUMBER')) {
    const number = behind(line, 'DNIS NUMBER');
    if (!/^[\d*#+]*$/.test(number)) return 'bad-number';
    if (number !== '') extra['dnis'] = number;
    return undefined;
  }
  const [, field, value = ''] = FIELD_ALONE.exec(line) ?? [];
  if (field === 'LINE') extra['physicalLine'] = value;
  else if (field === 'STN' && report.station === undefined) {
    report.station = value;
    draft.extension = value;
  }
  if (field !== undefined) return undefined;
  if (line === 'NAME' || line.startsWith('NAME ')) {
    const name = behind(line, 'NAME');
    if (name !== '' && name !== UNKNOWN) draft.callerName = name;
    report.isNextName = true;
    return undefined;
  }
  if (!INFORMATION.test(line)) return 'unknown-line';
  report.notes.push(line);
  return undefined;
}

const STARTS_KNOWN =
  /^(?:CALLING NUMBER|DIGITS DIALED|DNIS NUMBER|NAME\b|LINE *=|BC *=|PRI SERVICE|VOIP CALL|\d\d:\d\d:\d\d )/;

function readLine(line: string, report: Report, state: ReadState): string | undefined {
  if (report.isNextName) {
    report.isNextName = false;
    if (!STARTS_KNOWN.test(line)) {
      if (line !== UNKNOWN) report.extra['secondName'] = line;
      return undefined;
    }
  }
  const event = EVENT.exec(line);
  if (event === null) return readInformation(line, report, state);
  const seconds = clockSeconds(event[1] ?? '', 3);
  return seconds === undefined ? 'bad-time' : readEvent(seconds, event[2] ?? '', report);
}

/** Who is who, once the direction is known. */
function settle({ draft, extra, station, notes }: Report): void {
  const dnis = extra['dnis'];
  if (draft.direction === 'outgoing' && station !== undefined) draft.callerNumber = station;
  if (dnis !== undefined && draft.dialedNumber === undefined) {
    draft.dialedNumber = dnis;
    delete extra['dnis'];
  }
  if (notes.length > 0) extra['notes'] = notes.join('; ');
  if (Object.keys(extra).length > 0) draft.extra = { ...extra };
}

export function isReportHeader(line: string): boolean {
  return line.startsWith('--------');
}

/** The record of a report's lines, without blanks at their ends. */
export function parseReport(lines: readonly string[], state: ReadState): ParseOutcome {
  const [first = '', ...others] = lines;
  if (lines.length === 1 && DASHES.test(first)) return { kind: 'noise', rule: 'ruler' };
  const rest = DASHES.test(first) ? others.slice(1) : others;
  const header = DASHES.test(first) ? `${first} ${others[0] ?? ''}` : first;
  if (RESTART.test(header.trim())) return { kind: 'noise', rule: 'record-restart' };
  if (LOST.test(header.trim())) return { kind: 'noise', rule: 'reports-lost' };
  if (!HEADER.test(header)) return { kind: 'malformed', reason: 'no-first-line' };
  const report: Report = {
    draft: {},
    extra: {},
    notes: [],
    station: undefined,
    isNextName: false,
    isReleased: false,
    isKnownCall: false,
  };
  state.doubts.length = 0;
  let failure = readHeader(header, report, state);
  for (let i = 0; failure === undefined && i < rest.length; i++) failure = readLine(rest[i] ?? '', report, state);
  // The words of another language look like lines of information.
  if (failure === undefined && !report.isKnownCall && rest.some((line) => EVENT.test(line))) failure = 'unknown-words';
  // Where a note follows on a line of its own, a header has a moment and no more.
  if (failure === undefined && !report.isKnownCall && report.draft.trunk === undefined) failure = 'cut-short';
  if (failure !== undefined) return { kind: 'malformed', reason: failure };
  if (!report.isReleased) state.doubts.push('leg-missing');
  settle(report);
  const record = report.draft;
  return state.doubts.length === 0 ? { kind: 'call', record } : { kind: 'call', record, doubts: state.doubts.slice() };
}
