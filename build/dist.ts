/** `npm run dist`: installers for this system. Says so plainly where no Electron binary can be had. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const electron = path.join(root, 'node_modules', 'electron');

const fetched = spawnSync(process.execPath, [path.join(electron, 'install.js')], { stdio: 'ignore' });
if (fetched.status !== 0 || !existsSync(path.join(electron, 'path.txt'))) {
  process.stderr.write(
    'No Electron binary can be downloaded here, so neither an installer nor the app folder can be made. Run this where the network has it.\n',
  );
  process.exit(1);
}
const builder = path.join(root, 'node_modules', 'electron-builder', 'cli.js');
const result = spawnSync(
  process.execPath,
  [builder, '--config', 'build/electron-builder.yml', '--publish', 'never', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(result.status ?? 1);
