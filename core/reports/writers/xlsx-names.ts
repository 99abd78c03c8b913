/** Names inside a workbook: of sheets, tables and their columns, each within its rules and no two the same. */

const SHEET_NAME_LIMIT = 31;

export class SheetNames {
  readonly #taken = new Set<string>();

  /** `number` above 1 for what goes on from an earlier sheet. */
  add(title: string, number = 1): string {
    const plain = title
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim();
    for (let n = number; ; n += 1) {
      const suffix = n === 1 ? '' : ` ${n}`;
      const name = `${(plain === '' ? 'Sheet' : plain).slice(0, SHEET_NAME_LIMIT - suffix.length)}${suffix}`;
      const key = name.toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return name;
    }
  }
}

/** Of native tables. `Theo phòng ban` is `Theo_phong_ban`: easily typed in a formula, and never the address of a cell. */
export class TableNames {
  readonly #taken = new Set<string>();

  add(sheetName: string): string {
    const plain = plainName(sheetName);
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? plain : `${plain}_${n}`;
      if (this.#taken.has(name.toLowerCase())) continue;
      this.#taken.add(name.toLowerCase());
      return name;
    }
  }
}

function plainName(text: string): string {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const isAddress = /^[A-Za-z]{0,3}\d*$/.test(plain) || /^r\d*c\d*$/i.test(plain);
  return isAddress || /^\d/.test(plain) ? `T_${plain}` : plain;
}

/** Spreadsheets tell columns apart by their headings without regard to capitals. */
export function uniqueHeadings(headings: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return headings.map((heading, i) => {
    const text = heading === '' ? `${i + 1}` : heading;
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? text : `${text} ${n}`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  });
}
