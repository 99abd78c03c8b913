/**
 * The demo: an office of made-up people whose PBX speaks over a real socket. What it makes is marked (a demo source,
 * employee numbers and department codes that begin with DEMO-), so that stopping it removes exactly that.
 */

import type { ApiDeps, DemoControl } from '../api/deps.ts';
import { applySources } from '../api/parts.ts';
import { AppError } from '../model/errors.ts';
import { ALWAYS_FROM, ALWAYS_TO, type AssignmentKind } from '../model/people.ts';
import type { SourceConfig } from '../model/source-config.ts';
import { mapSecrets } from '../model/source-secrets.ts';
import { createOffice, type Office } from '../simulator/office.ts';
import { AlertStore } from '../store/alerts.ts';
import { addAssignment, removeAssignment } from '../store/assignments.ts';
import type { Database } from '../store/database.ts';
import { addDepartment, listDepartments, removeDepartment } from '../store/departments.ts';
import { addPerson, listPeople, type PersonRow, removePerson } from '../store/people.ts';
import { SettingsStore } from '../store/settings.ts';
import { type SourceRow, SourceStore } from '../store/sources.ts';
import { DEMO_FORMAT_ID, type DemoPbx, startDemoPbx } from './demo-pbx.ts';
import { LAN_PASSWORD } from './lan-login.ts';

const MARK = 'DEMO-';
const SOURCE_NAME = 'Demo PBX';
const SEED = 20_26;
const OFFICE = { peopleCount: 24, trunkCount: 64 } as const;
/** Where the office's extensions begin; the next one is taken when people here already own some of the last. */
const FIRST_EXTENSIONS = [101, 301, 501, 701, 901] as const;

function configOf(port: number): SourceConfig {
  return {
    kind: 'tcp-client',
    host: '127.0.0.1',
    port,
    login: [
      { expect: '-', send: 'SMDR\\r\\n', isSecret: false },
      { expect: 'Enter Password:', send: `${LAN_PASSWORD}\\r\\n`, isSecret: true },
    ],
    loginRejected: 'Rejected',
    keepAliveSeconds: 60,
  };
}

/** Throws `code-overlap` or `extension-overlap` when people of this office already own one. */
function addPeople(db: Database, office: Office): void {
  const departments = new Map<string, number>();
  for (const person of office.people) {
    let departmentId = departments.get(person.department);
    if (departmentId === undefined) {
      const code = `${MARK}${departments.size + 1}`;
      departmentId = addDepartment(db, { parentId: null, name: person.department, code });
      departments.set(person.department, departmentId);
    }
    const personId = addPerson(db, {
      name: person.name,
      employeeNumber: `${MARK}${person.employeeNumber}`,
      email: null,
      title: null,
      notes: null,
      activeFrom: null,
      activeTo: null,
      departmentId,
      departmentFrom: null,
    });
    const owned = { lastValue: null, personId, validFrom: ALWAYS_FROM, validTo: ALWAYS_TO };
    addAssignment(db, { kind: 'code', value: person.code, ...owned });
    addAssignment(db, { kind: 'extension', value: person.extension, ...owned });
  }
}

function addOffice(db: Database): Office {
  for (const [i, firstExtension] of FIRST_EXTENSIONS.entries()) {
    const office = createOffice(SEED + i, { ...OFFICE, firstExtension });
    try {
      db.transaction(() => addPeople(db, office))();
      return office;
    } catch (error) {
      const isTaken =
        error instanceof AppError && (error.code === 'code-overlap' || error.code === 'extension-overlap');
      if (!isTaken) throw error;
    }
  }
  throw new AppError('conflict', { what: 'extension', name: FIRST_EXTENSIONS.join(', ') });
}

function demoPeople(db: Database, today: string): readonly PersonRow[] {
  return listPeople(db, today).filter((person) => person.employeeNumber?.startsWith(MARK));
}

/** Takes the demo people's codes and extensions from them, and says which those were. */
function releaseAssignments(db: Database, today: string): { readonly codes: string[]; readonly extensions: string[] } {
  const owned = demoPeople(db, today).flatMap((person) => person.assignments);
  db.transaction(() => {
    for (const { id } of owned) removeAssignment(db, id);
  })();
  const valuesOf = (kind: AssignmentKind): string[] =>
    owned.filter((assignment) => assignment.kind === kind).map(({ value }) => value);
  return { codes: valuesOf('code'), extensions: valuesOf('extension') };
}

function removePeople(db: Database, today: string): void {
  for (const person of demoPeople(db, today)) {
    try {
      removePerson(db, person.id);
    } catch (error) {
      // A closed month holds calls of this person, and closed months never change.
      if (!(error instanceof AppError) || error.code !== 'person-in-use') throw error;
    }
  }
  for (const department of listDepartments(db, today)) {
    // People someone added to a demo department keep it.
    if (department.code?.startsWith(MARK) && department.peopleCount === 0) removeDepartment(db, department.id);
  }
}

export class Demo implements DemoControl {
  readonly #deps: () => ApiDeps;
  #pbx: DemoPbx | undefined;

  constructor(deps: () => ApiDeps) {
    this.#deps = deps;
  }

  async start(): Promise<number> {
    const { db, nowMs, ingest } = this.#deps();
    const running = this.#source();
    if (running !== undefined) return running.id;
    const office = addOffice(db);
    await ingest.reload();
    const port = await this.#startPbx(office, true);
    const source = new SourceStore(db).add(
      {
        name: SOURCE_NAME,
        config: this.#configOf(port),
        formatId: DEMO_FORMAT_ID,
        formatOptions: { dateOrder: 'DMY' },
        isEnabled: true,
      },
      nowMs(),
      true,
    );
    await applySources(this.#deps());
    return source.id;
  }

  async stop(): Promise<void> {
    const { db, ingest, nowMs } = this.#deps();
    await this.halt();
    const source = this.#source();
    if (source !== undefined) {
      const sources = new SourceStore(db);
      sources.remove(source.id, nowMs());
      await applySources(this.#deps());
      await ingest.idle();
      sources.removeDerived(source.id);
      sources.removeDecided(source.id);
      new AlertStore(db).removeOfSource(source.id);
    }
    const today = new Date(nowMs()).toISOString().slice(0, 10);
    const released = releaseAssignments(db, today);
    await ingest.reload();
    // Calls of other sources may have been booked to these people meanwhile; they go back to whom they belong.
    await ingest.rebook(released);
    db.transaction(() => removePeople(db, today))();
    await ingest.reload();
  }

  /** Hangs up; the demo goes on at the next start. */
  async halt(): Promise<void> {
    await this.#pbx?.stop();
    this.#pbx = undefined;
  }

  /** A demo that ran when the service stopped goes on, on a port of its own, without printing the past again. */
  async resume(): Promise<void> {
    const source = this.#source();
    if (source === undefined) return;
    const { db, nowMs } = this.#deps();
    const today = new Date(nowMs()).toISOString().slice(0, 10);
    const extension = listPeople(db, today)
      .filter((person) => person.employeeNumber === `${MARK}NV001`)
      .flatMap((person) => person.assignments)
      .find((assignment) => assignment.kind === 'extension')?.value;
    const i = FIRST_EXTENSIONS.findIndex((first) => String(first) === extension);
    const office = createOffice(SEED + Math.max(0, i), {
      ...OFFICE,
      firstExtension: FIRST_EXTENSIONS[Math.max(0, i)] ?? 101,
    });
    const port = await this.#startPbx(office, false);
    new SourceStore(db).change(source.id, { ...source, config: this.#configOf(port) });
  }

  /** As any other source is stored: with its password sealed. */
  #configOf(port: number): SourceConfig {
    return mapSecrets(configOf(port), (text) => this.#deps().secretBox.seal(text));
  }

  #source(): SourceRow | undefined {
    return new SourceStore(this.#deps().db).list().find((source) => source.isDemo);
  }

  async #startPbx(office: Office, hasPast: boolean): Promise<number> {
    const { db, nowMs } = this.#deps();
    const { timeZone } = new SettingsStore(db).get();
    this.#pbx = await startDemoPbx({ office, seed: SEED, timeZone, nowMs, hasPast });
    return this.#pbx.port;
  }
}
