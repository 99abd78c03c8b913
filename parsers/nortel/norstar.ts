/**
 * Norstar SMDR6, Enterprise Edge and BCM 50/200/400/450 in Norstar mode: a report of several lines for each call
 * (norstar-report.ts: Standard and CLID), and Real Time lines (norstar-events.ts); `All` prints both. The words are those of
 * the English reports; other languages are refused. SL-1 mode is the format of the Meridian 1.
 *
 *     -------- 04/04/99 11:39:43 LINE = 0003 STN = 7425
 *     00:00:00 OUTGOING CALL
 *     DIGITS DIALED 5551212
 *     00:12:59 CALL RELEASED
 *
 *     *041197 094111 0003 7344 7692000 Alan Smith U A
 *
 * A report ends at an empty line behind what happened to its call, or where the next one begins.
 */
import { decodeLine, type ReadState, resolveOptions } from '../engine.ts';
import type { FormatDefinition, GroupFraming, LineRole, ParseOutcome, StreamContext } from '../types.ts';
import { CODE_FIELDS, norstarAssembly } from './norstar-assembly.ts';
import { parseEvent } from './norstar-events.ts';
import { isReportHeader, parseReport } from './norstar-report.ts';

/** Notes between the reports; with a ruler and a moment in front where they are printed like a report. */
const NOTE = /^(?:RECORDS? RESTART|(?:\d+ +)?REPORTS? LOST)/;
/** Control characters, and the mark of a UTF-8 file. */
const CONTROLS = /^\xef\xbb\xbf|[\x00-\x08\x0e-\x1f\x7f]/g;

const trimmed = (line: string): string => line.replace(CONTROLS, '').trim();

function roleOf(raw: string): LineRole {
  const line = trimmed(raw);
  if (isReportHeader(line)) return 'first';
  return line === '' || line.startsWith('*') || NOTE.test(line) ? 'alone' : 'more';
}

/** Anything that happened to the call. Before it an empty line may stand for the second line of a name. */
const isWhole = (text: string): boolean => /^\W*\d\d:\d\d:\d\d\s/m.test(text);

const framing: GroupFraming = { kind: 'group', maxBytes: 4096, maxLines: 80, endsAtEmptyLine: true, isWhole, roleOf };

const DEFAULTS = { dateOrder: 'MDY', clock: '24h', timeIs: 'start' } as const;
const LINE_ENDS = /[\r\n\f]+/;

function parse(text: string, state: ReadState, context: StreamContext): ParseOutcome {
  const lines = decodeLine(text, state.options)
    .split(LINE_ENDS)
    .map(trimmed)
    .filter((line) => line !== '');
  const [first] = lines;
  if (first === undefined) return { kind: 'noise', rule: 'blank' };
  if (first.startsWith('*')) return parseEvent(first, state, context);
  if (NOTE.test(first)) return { kind: 'noise', rule: first.startsWith('RECORD') ? 'record-restart' : 'reports-lost' };
  return parseReport(lines, state);
}

export const norstar: FormatDefinition = {
  id: 'nortel-norstar',
  aliases: ['nortel-bcm', 'norstar-smdr6'],
  vendor: 'Nortel',
  title: 'Nortel Norstar, BCM (report for each call)',
  models: ['Norstar SMDR6', 'Enterprise Edge', 'BCM50', 'BCM200', 'BCM400', 'BCM450'],
  transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
  confidence: 'documented',
  unsure: {
    en: 'From manuals, English words only: set the report language of the PBX to English. The date can be month or day first; the time of an incoming call is when it was answered. How wide the fields of the Real Time lines are is not known, so they are read by their order.',
    vi: 'Lấy theo tài liệu, chỉ gồm các từ tiếng Anh: hãy đặt ngôn ngữ báo cáo của tổng đài là tiếng Anh. Ngày có thể in tháng trước hoặc ngày trước; giờ của cuộc gọi đến là lúc được trả lời. Chưa rõ độ rộng các trường của dòng Real Time nên chúng được đọc theo thứ tự.',
  },
  framing,
  options: [],
  defaults: DEFAULTS,
  codeFields: CODE_FIELDS,
  create(given) {
    const options = resolveOptions({ options: [], defaults: DEFAULTS }, given);
    const state: ReadState = { options, context: {}, line: '', doubts: [], isPart: false };
    return { parse: (text, context) => parse(text, state, context) };
  },
  assembly: norstarAssembly,
};
