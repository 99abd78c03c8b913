/** Routes of the backups. */
import { z } from 'zod';
import { route } from '../route.ts';
import { Backup, BackupSettings, Backups } from './backups.ts';

const chosen = z.object({ fileName: z.string().max(100) });

export const backupRoutes = {
  getBackups: route({
    method: 'GET',
    path: '/api/backups',
    access: 'administer',
    summary: 'Backups there are, when the next is made, and what is being done',
    response: Backups,
  }),
  changeBackupSettings: route({
    method: 'PUT',
    path: '/api/backups/settings',
    access: 'administer',
    summary: 'Change when and where backups are made and how many stay',
    body: BackupSettings,
    response: Backups,
  }),
  startBackup: route({
    method: 'POST',
    path: '/api/backups',
    access: 'administer',
    summary: 'Make a backup now',
    response: Backups,
  }),
  cancelBackup: route({
    method: 'DELETE',
    path: '/api/backups/running',
    access: 'administer',
    summary: 'Stop what is being done with a backup',
    response: Backups,
  }),
  checkBackup: route({
    method: 'POST',
    path: '/api/backups/check',
    access: 'administer',
    summary: 'Unpack a backup beside, prove every byte and the journal’s chain, and throw the copy away',
    body: chosen,
    response: Backups,
  }),
  downloadBackup: route({
    method: 'GET',
    path: '/api/backups/file',
    access: 'administer',
    summary: 'One backup as a file',
    query: chosen,
    produces: 'file',
  }),
  uploadBackup: route({
    method: 'POST',
    path: '/api/backups/file',
    access: 'administer',
    summary: 'Put a backup from elsewhere among those there are',
    accepts: 'bytes',
    isStreamed: true,
    response: Backup,
  }),
  restoreBackup: route({
    method: 'POST',
    path: '/api/backups/restore',
    access: 'administer',
    summary:
      'Prove a backup, put it in place of the present data and start the service anew; what was there is set aside',
    body: chosen,
    response: Backups,
  }),
} as const;
