/**
 * The columns of every Panasonic page, from column 1, start and width. Sources: the width tables of the KX-TDA100,
 * KX-NS1000 and KX-TD816 manuals, checked against the public logs of the atslog and gestionecentralino projects.
 *
 *     04/01/07 09:27    1605 05 <I>                       0'06 00:00'00                A
 *     27/11/06 08:56    120 02 7149133              00:02'25   00000.00                B
 *     04/01/07 09:34     137 0005 <I>  (50 wide)    0'00 00:02'25    00000.00      TR  C
 *     10/08/03 12:50PM   117 09 <INCOMING> 00000000            00:00'08                TD-80
 *     15/12/02 15:04   1 E127   T10204 <INCOMING>          0'09 00:00'45               TD500 A
 *     12/19/06 * 3:20PM  11  04   <    incoming    >           00:00'48" ....          TA-80
 *
 * The ring fields and the cost field of B also take the blank columns beside them: ten minutes of ringing and a currency of
 * three letters do not fit into the widths of the manuals.
 */
export type Columns = Readonly<Record<string, readonly [start: number, width: number]>>;

const head = { date: [1, 8], time: [10, 7] } as const;
const tail80 = { account: [67, 10], condition: [78, 3] } as const;
const td500Head = { ...head, tenant: [18, 1], ext: [20, 6], trunk: [27, 6] } as const;
const td500Tail = { duration: [59, 8], account: [68, 10], condition: [79, 2] } as const;

export const pages = {
  a: { ...head, ext: [18, 5], trunk: [24, 2], number: [27, 25], ring: [52, 5], duration: [58, 8], ...tail80 },
  b: { ...head, ext: [17, 5], trunk: [23, 2], number: [26, 20], duration: [47, 8], cost: [55, 12], ...tail80 },
  c: {
    ...head,
    ext: [18, 5],
    trunk: [24, 4],
    number: [29, 50],
    ring: [79, 5],
    duration: [85, 8],
    cost: [94, 11],
    account: [106, 10],
    condition: [117, 3],
  },
  td80: { ...head, ext: [18, 5], trunk: [24, 2], number: [27, 30], duration: [58, 8], ...tail80 },
  td500a: { ...td500Head, number: [34, 19], ring: [53, 5], ...td500Tail },
  td500b: { ...td500Head, number: [34, 24], ...td500Tail },
  td500c: { ...td500Head, number: [34, 14], ...td500Tail, duration: [49, 8], cost: [58, 9] },
  td500d: {
    ...td500Head,
    dn: [34, 4],
    number: [39, 45],
    ring: [84, 5],
    duration: [90, 8],
    cost: [99, 8],
    account: [108, 10],
    condition: [119, 2],
  },
  ta80: {
    date: [1, 8],
    mark: [10, 1],
    time: [11, 7],
    ext: [19, 3],
    trunk: [24, 2],
    number: [27, 37],
    duration: [65, 9],
    account: [75, 4],
  },
} as const satisfies Readonly<Record<string, Columns>>;

/**
 * How far a line stands from its columns, told by the first slash of the date: one KX-TA308 prints a one-digit month
 * without its blank, and some captures have a blank in front.
 */
export function dateShift(line: string): number {
  if (line.charCodeAt(2) === 0x2f) return 0;
  return line.charCodeAt(1) === 0x2f ? -1 : 1;
}
