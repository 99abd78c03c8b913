/** The directory: settings, a test with words for each failure, its people as an import. */
import { type DirectoryPerson, filledFilter, findPerson, listDirectory } from '../../access/directory.ts';
import { openedDirectory } from '../../access/directory-login.ts';
import { type DirectorySettings, readDirectory, roleOf, writeDirectory } from '../../access/directory-settings.ts';
import { createTranslate } from '../../i18n/translate.ts';
import { AppError } from '../../model/errors.ts';
import type { PeopleField } from '../../model/people.ts';
import type { Directory, DirectoryInput } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';

type Routes = 'getDirectory' | 'putDirectory' | 'testDirectory' | 'previewDirectoryPeople';

const COLUMNS = ['name', 'employeeNumber', 'email', 'title', 'department'] as const satisfies readonly PeopleField[];

/** As a file that the import of people reads. */
function csvOf(headings: readonly string[], people: readonly DirectoryPerson[]): Uint8Array {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""').replace(/\s+/g, ' ')}"`;
  const rows = people.map((person) => COLUMNS.map((column) => quoted(person[column])).join(','));
  return Buffer.from([headings.map(quoted).join(','), ...rows].join('\r\n'), 'utf8');
}

export function directoryRoutes({ deps, peopleImports }: ApiParts): Pick<Handlers, Routes> {
  const { db, secretBox } = deps;
  const shown = ({ password, ...settings }: DirectorySettings): Directory => ({
    ...settings,
    attributes: { ...settings.attributes },
    groups: settings.groups.map((group) => ({ ...group })),
    hasPassword: password !== '',
  });
  /** With the stored password where none was typed: only for the server that it was given for. */
  const sealedOf = ({ password, ...settings }: DirectoryInput): DirectorySettings => {
    const before = readDirectory(db);
    const isSame = before.host === settings.host && before.bindName === settings.bindName;
    return {
      ...settings,
      password: password === undefined ? (isSame ? before.password : '') : secretBox.seal(password),
    };
  };
  return {
    getDirectory: () => shown(readDirectory(db)),
    putDirectory: ({ body }) => {
      writeDirectory(db, sealedOf(body));
      return shown(readDirectory(db));
    },
    testDirectory: async ({ body: { settings: typed, login } }) => {
      const sealed = sealedOf(typed);
      const settings = { ...sealed, password: secretBox.open(sealed.password) };
      const peopleCount = (await listDirectory(settings)).length;
      const person = login === '' ? undefined : await findPerson(settings, login);
      if (login !== '' && person === undefined) {
        throw new AppError('directory-nobody', { login, filter: filledFilter(settings.userFilter, { login }) });
      }
      if (person === undefined) return { peopleCount, person: null };
      const { title: _, ...shownPerson } = person;
      return {
        peopleCount,
        person: { ...shownPerson, groups: [...person.groups], role: roleOf(settings, person.groups) ?? null },
      };
    },
    previewDirectoryPeople: async ({ language }) => {
      if (readDirectory(db).host === '') throw new AppError('directory-off');
      const people = await listDirectory(openedDirectory(db, secretBox));
      const t = createTranslate(language);
      const headings = COLUMNS.map((column) => t(`people-import.column.${column}`));
      const mapping = Object.fromEntries(COLUMNS.map((column, i) => [headings[i], column]));
      const bytes = csvOf(
        headings,
        people.filter(({ name }) => name !== ''),
      );
      return peopleImports.preview({ bytes, language, mapping });
    },
  };
}
