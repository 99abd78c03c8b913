/**
 * The columns of every LG page, from column 1, start and width. LDK and GDK are those of the ruler the PBX prints; GHX and
 * GPS-6A were counted in public logs; the iPECS ones are those of public parsers, no raw line of them was found.
 *
 *      NO   STA   CO  TIME     START          DIALED             ACT  CNT   COST       ACCOUNT CODE
 *     ---- ----- --- -------- -------------- ------------------- --- ----- ----------- ------------
 *     9253 161   004 00:00:21 25/05/05 08:49 O202663145           **     0           0               LDK
 *     3233  141 28    02:47 11/26/02 09:26 O9274034            **                                    GDK
 *     124 05 0:08:24 10:00 11/15/04 I                                                                GHX
 *      3601  102  01  01:07 02/02/05 17:38  O88125551077                                             GPS-6A
 *     101   001 00:00:21 25/05/05 08:49 O202663145                    0           12345              iPECS
 */
export type ColumnName =
  | 'no'
  | 'sta'
  | 'co'
  | 'time'
  | 'date'
  | 'clock'
  | 'dialed'
  | 'act'
  | 'cnt'
  | 'cost'
  | 'account'
  | 'cli'
  | 'cause';
type Span = readonly [start: number, width: number];
export type Columns = Readonly<Partial<Record<ColumnName, Span>>>;

const ipecs4 = {
  sta: [1, 5],
  co: [7, 3],
  time: [11, 8],
  date: [20, 8],
  clock: [29, 5],
  dialed: [35, 21],
  cost: [57, 10],
  account: [69, 12],
  cli: [81, 20],
  cause: [102, 2],
} as const;

export const pages = {
  ldk: {
    no: [1, 4],
    sta: [6, 5],
    co: [12, 3],
    time: [16, 8],
    date: [25, 8],
    clock: [34, 5],
    dialed: [40, 19],
    act: [60, 3],
    cnt: [64, 5],
    cost: [70, 11],
    account: [82, 12],
  },
  gdk: {
    no: [1, 4],
    sta: [6, 4],
    co: [11, 2],
    time: [14, 8],
    date: [23, 8],
    clock: [32, 5],
    dialed: [38, 19],
    act: [58, 3],
    cnt: [62, 6],
    cost: [69, 10],
    account: [80, 12],
  },
  ghx: {
    sta: [1, 3],
    co: [5, 2],
    time: [8, 7],
    clock: [16, 5],
    date: [22, 8],
    dialed: [31, 20],
    account: [52, 12],
  },
  gps6a: { no: [2, 4], sta: [8, 3], co: [13, 2], time: [16, 6], date: [23, 8], clock: [32, 5], dialed: [39, 19] },
  ipecs4,
  ipecs8: {
    no: [1, 4],
    sta: [6, 9],
    co: [16, 3],
    time: [20, 8],
    date: [29, 8],
    clock: [38, 5],
    dialed: [44, 21],
    cost: [66, 10],
    account: [78, 12],
    cli: [90, 20],
    cause: [111, 2],
  },
} as const satisfies Readonly<Record<string, Columns>>;

const NO_FIELD_WIDTH = 4;

/** The page with the serial number printed in front, or without it: everything else moves by its width and a blank. */
export function withNumberField(columns: Columns, isPrinted: boolean): Columns {
  if ((columns.no !== undefined) === isPrinted) return columns;
  const by = isPrinted ? NO_FIELD_WIDTH + 1 : -(columns.no?.[1] ?? 0) - 1;
  const moved: Partial<Record<ColumnName, Span>> = isPrinted ? { no: [1, NO_FIELD_WIDTH] } : {};
  for (const [name, span] of Object.entries(columns) as [ColumnName, Span][]) {
    if (name !== 'no') moved[name] = [span[0] + by, span[1]];
  }
  return moved;
}
