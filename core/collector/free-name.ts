/** A file name that nobody has yet: `a.csv`, else `a (2).csv` and so on. */
import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

export async function freeName(wanted: string): Promise<string> {
  const end = extname(wanted);
  const start = join(dirname(wanted), basename(wanted, end));
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${start} (${n})${end}`;
    const isTaken = await stat(name).then(
      () => true,
      () => false,
    );
    if (!isTaken) return name;
  }
}
