/**
 * Columns of the records of SX-200, SX-2000, 3300 ICP and MiVoice Business: first column (from 1) and width.
 *
 *     standard    90, with ANI and DNIS 112, with network OLI 131
 *     extended   101, 120, 139: numbers of seven digits, durations of four-digit hours
 *     level1     169: extended, and the attendant number called, the suite, longer callers
 *     level2     207: level 1 with seconds in the start time, so all behind it stands three further; hot-desk users, places
 *
 * `answer` holds the attendant's star and the time to answer; the option "extended time to answer" takes the blank in front
 * of them, which changes nothing when both are read as one cell. `digits` holds the meter pulses where they are printed.
 */

export const LAYOUTS = ['standard', 'extended', 'level1', 'level2'] as const;
export type LayoutName = (typeof LAYOUTS)[number];

/** Cells in the order they are printed. */
export const CELLS = [
  'date',
  'time',
  'duration',
  'calling',
  'answer',
  'digits',
  'completion',
  'speed',
  'called',
  'ldn',
  'transfer',
  'third',
  'account',
  'route',
  'system',
  'mlpp',
  'ani',
  'dnis',
  'suite',
  'callId',
  'sequence',
  'associated',
  'twoChannel',
  'callingHotDesk',
  'calledHotDesk',
  'callingPlace',
  'calledPlace',
] as const;
export type CellName = (typeof CELLS)[number];
export type Columns = Readonly<Partial<Record<CellName, readonly [start: number, width: number]>>>;

const level1: Columns = {
  date: [2, 5],
  time: [8, 6],
  duration: [15, 10],
  calling: [26, 7],
  answer: [33, 5],
  digits: [39, 26],
  completion: [65, 1],
  speed: [66, 1],
  called: [67, 7],
  ldn: [75, 7],
  transfer: [82, 1],
  third: [84, 7],
  account: [92, 12],
  route: [104, 1],
  system: [105, 3],
  mlpp: [109, 1],
  ani: [111, 20],
  dnis: [132, 10],
  suite: [143, 7],
  callId: [151, 8],
  sequence: [160, 1],
  associated: [162, 8],
};

const moved = (columns: Columns, by: number): Columns =>
  Object.fromEntries(Object.entries(columns).map(([name, [start, width]]) => [name, [start + by, width]]));

export const columnsOf: Readonly<Record<LayoutName, Columns>> = {
  standard: {
    date: [2, 5],
    time: [8, 6],
    duration: [15, 8],
    calling: [24, 4],
    answer: [28, 5],
    digits: [34, 26],
    completion: [60, 1],
    speed: [61, 1],
    called: [62, 4],
    transfer: [66, 1],
    third: [68, 4],
    account: [73, 12],
    route: [85, 1],
    system: [86, 3],
    mlpp: [90, 1],
    ani: [92, 10],
    dnis: [103, 10],
    callId: [114, 8],
    sequence: [122, 1],
    associated: [124, 8],
  },
  extended: {
    date: [2, 5],
    time: [8, 6],
    duration: [15, 10],
    calling: [26, 7],
    answer: [33, 5],
    digits: [39, 26],
    completion: [65, 1],
    speed: [66, 1],
    called: [67, 7],
    transfer: [74, 1],
    third: [76, 7],
    account: [84, 12],
    route: [96, 1],
    system: [97, 3],
    mlpp: [101, 1],
    ani: [103, 10],
    dnis: [114, 7],
    callId: [122, 8],
    sequence: [130, 1],
    associated: [132, 8],
  },
  level1,
  level2: {
    ...moved(level1, 3),
    date: [2, 5],
    time: [8, 9],
    // One column wider than the manual says; real records print it so.
    associated: [165, 9],
    twoChannel: [174, 6],
    callingHotDesk: [181, 7],
    calledHotDesk: [189, 7],
    callingPlace: [197, 5],
    calledPlace: [203, 5],
  },
};
