/** `npm run check`: types, lint and format, import boundaries. Prints one line a step, and the whole output of a step that fails. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const bin = (name: string): string => path.join(root, 'node_modules', name);

const steps: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'types: service', args: [bin('typescript/bin/tsc'), '-p', 'tsconfig.json'] },
  { name: 'types: pure code', args: [bin('typescript/bin/tsc'), '-p', 'parsers/tsconfig.json'] },
  { name: 'types: pages', args: [bin('typescript/bin/tsc'), '-p', 'renderer/tsconfig.json'] },
  { name: 'lint and format', args: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'no number holds money', args: [path.join(root, 'build', 'money-check.ts')] },
  { name: 'page of formats', args: [path.join(root, 'build', 'formats-page.ts'), '--check'] },
  { name: 'page of roles', args: [path.join(root, 'build', 'roles-page.ts'), '--check'] },
  {
    name: 'import boundaries',
    args: [
      bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      'core',
      'parsers',
      'service',
      'electron',
      'renderer',
      'test',
    ],
  },
];

let failures = 0;
for (const step of steps) {
  const startedAt = performance.now();
  const result = spawnSync(process.execPath, step.args, { cwd: root, encoding: 'utf8' });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const isOk = result.status === 0;
  process.stdout.write(`${isOk ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)\n`);
  if (!isOk) {
    failures += 1;
    process.stdout.write(`${result.stdout}${result.stderr}\n`);
  }
}
process.exit(failures === 0 ? 0 : 1);
