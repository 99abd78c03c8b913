/** All that is stored about one person, in files that a person and a program can read. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { localText } from '../model/time.ts';
import { csvOfSheet } from '../people/table-export.ts';
import type { CallView } from '../store/calls.ts';
import type { Database } from '../store/database.ts';
import { type DataRow, type DataTable, rowsOfPerson, sessionsOfPerson } from '../store/erasure.ts';

const TABLES: Readonly<Record<string, DataTable>> = {
  person: 'people',
  departments: 'department_memberships',
  'codes-and-extensions': 'assignments',
  decisions: 'call_decisions',
  statements: 'statements',
  users: 'users',
};

function csvOf(rows: readonly DataRow[]): Uint8Array {
  const headings = Object.keys(rows[0] ?? {});
  return csvOfSheet([headings, ...rows.map((row) => headings.map((key) => String(row[key] ?? '')))]);
}

function callRow(call: CallView): DataRow {
  const { id, direction, talkSeconds, extension, trunk, code, dialled, caller, number, destinationEn, purpose } = call;
  const charge = call.chargeMicro === null ? null : `${call.chargeMicro} / 1000000 ${call.currency ?? ''}`;
  const start = localText(call.startLocalS);
  return {
    id,
    start,
    direction,
    talkSeconds,
    extension,
    trunk,
    code,
    dialled,
    caller,
    number,
    destinationEn,
    charge,
    purpose,
  };
}

export async function personArchive(
  db: Database,
  personId: number,
  calls: Iterable<CallView>,
  madeAtMs: number,
): Promise<Uint8Array> {
  const zip = new ZipFile();
  const parts: Record<string, readonly DataRow[]> = {};
  for (const [name, table] of Object.entries(TABLES)) parts[name] = rowsOfPerson(db, table, personId);
  parts['sessions'] = sessionsOfPerson(db, personId);
  parts['calls'] = Array.from(calls, callRow);
  for (const [name, rows] of Object.entries(parts)) zip.addBuffer(Buffer.from(csvOf(rows)), `${name}.csv`);
  const json = JSON.stringify({ madeAt: new Date(madeAtMs).toISOString(), ...parts }, null, 2);
  zip.addBuffer(Buffer.from(json, 'utf8'), 'personal-data.json');
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}
