/** Routes of the directory. */
import { z } from 'zod';
import { route } from '../route.ts';
import { Directory, DirectoryInput, DirectoryPreview, DirectoryTest } from './directory.ts';

export const directoryRoutes = {
  getDirectory: route({
    method: 'GET',
    path: '/api/directory',
    access: 'administer',
    summary: 'How the directory is asked',
    response: Directory,
  }),
  putDirectory: route({
    method: 'PUT',
    path: '/api/directory',
    access: 'administer',
    summary: 'Change how the directory is asked',
    body: DirectoryInput,
    response: Directory,
  }),
  testDirectory: route({
    method: 'POST',
    path: '/api/directory/test',
    access: 'administer',
    summary: 'Ask the directory with these settings, and for one login; nothing is stored',
    body: z.object({ settings: DirectoryInput, login: z.string().trim().max(200) }),
    response: DirectoryTest,
  }),
  previewDirectoryPeople: route({
    method: 'POST',
    path: '/api/directory/people',
    access: 'administer',
    summary: 'People of the directory as an import to look at; confirmPeopleImport writes it',
    response: DirectoryPreview,
  }),
} as const;
