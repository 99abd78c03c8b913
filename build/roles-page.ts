/**
 * `npm run docs`: writes the tables of docs/roles.md from core/model/access.ts and the contract. With `--check` it writes
 * nothing and fails when the page is not what it would write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type RouteName, routes } from '../core/api/contract.ts';
import { isGranted, PERMISSIONS, type Permission, ROLES } from '../core/model/access.ts';

const PAGE = path.join(path.dirname(import.meta.dirname), 'docs', 'roles.md');
const MARK = '<!-- Everything below is written by `npm run docs`. -->';

const names = Object.keys(routes) as RouteName[];

function permissionTable(): readonly string[] {
  const row = (permission: Permission): string =>
    `| ${permission} | ${ROLES.map((role) => (isGranted(role, permission) ? 'yes' : 'no')).join(' | ')} |`;
  return [
    `| permission | ${ROLES.join(' | ')} |`,
    `| --- | ${ROLES.map(() => '---').join(' | ')} |`,
    ...PERMISSIONS.filter((permission) => permission !== 'open').map(row),
  ];
}

function routeTable(): readonly string[] {
  const rows = names
    .map((name) => ({ name, ...routes[name] }))
    .sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method))
    .map(({ name, method, path: address, access }) => `| ${method} ${address} | ${name} | ${access} |`);
  return ['| request | route | permission |', '| --- | --- | --- |', ...rows];
}

const page = readFileSync(PAGE, 'utf8');
const written = page.slice(0, page.indexOf(MARK) + MARK.length);
const text = [
  written,
  '',
  '## What each role may do',
  '',
  ...permissionTable(),
  '',
  '## What each request asks for',
  '',
  ...routeTable(),
  '',
].join('\n');

if (!process.argv.includes('--check')) {
  writeFileSync(PAGE, text);
} else if (page !== text) {
  process.stderr.write('docs/roles.md is not what the routes say: run `npm run docs`\n');
  process.exitCode = 1;
}
