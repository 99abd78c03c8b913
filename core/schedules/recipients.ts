/** Who gets a report: addresses from users, roles, people and managers as they are on the day it is sent. */
import type { Recipient } from '../model/schedule.ts';
import type { LocalDay } from '../model/time.ts';
import { departmentsInScope } from '../store/call-scope.ts';
import type { Database } from '../store/database.ts';
import type { SendingInput } from '../store/schedule-runs.ts';
import { StatementPeople } from '../store/statement-people.ts';
import { type UserRow, UserStore } from '../store/users.ts';

export interface Named {
  readonly name: string;
  readonly personId: number | null;
  /** null: none is known. */
  readonly address: string | null;
  readonly language: 'vi' | 'en' | null;
}

/** One entry for each address; who has none is named all the same, to be said. */
export function recipientsOf(db: Database, recipients: readonly Recipient[], today: LocalDay): readonly Named[] {
  const people = new StatementPeople(db);
  const users = new UserStore(db).list().filter(({ state }) => state === 'active');
  const ofPerson = (personId: number, name: string): Named => {
    const person = people.get(personId, today);
    return { name: person?.name ?? name, personId, address: person?.email ?? null, language: person?.language ?? null };
  };
  const ofUser = ({ name, personId }: UserRow): Named =>
    personId === null ? { name, personId, address: null, language: null } : ofPerson(personId, name);
  const named = (recipient: Recipient): readonly Named[] => {
    switch (recipient.kind) {
      case 'address':
        return [{ name: recipient.address, personId: null, address: recipient.address, language: null }];
      case 'person':
        return [ofPerson(recipient.personId, '')];
      case 'user':
        return users.filter(({ id }) => id === recipient.userId).map(ofUser);
      case 'role':
        return users.filter(({ role }) => role === recipient.role).map(ofUser);
      case 'manager':
        return users.filter((user) => managesDepartment(db, user, recipient.departmentId)).map(ofUser);
    }
  };
  const seen = new Set<string>();
  return recipients.flatMap(named).filter(({ address, name }) => {
    const key = address === null ? `name:${name}` : address.toLowerCase();
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

function managesDepartment(db: Database, { role, departmentIds }: UserRow, departmentId: number): boolean {
  return (
    role === 'manager' && departmentsInScope(db, { kind: 'departments', departmentIds })?.has(departmentId) === true
  );
}

export const NO_ADDRESS = 'no-address';

export function mailTo({ name, personId, address, language }: Named, otherwise: 'vi' | 'en'): SendingInput {
  return {
    kind: 'mail',
    target: address ?? '',
    name,
    personId,
    language: language ?? otherwise,
    state: address === null ? 'left-out' : 'waiting',
    result: address === null ? NO_ADDRESS : '',
  };
}
