/** Which texts of a source's settings are secrets. Everything that hides, keeps, seals or opens them goes through here. */
import { assertNever } from './errors.ts';
import type { SourceConfig } from './source-config.ts';

/** `path` as in the form: `secret`, `login.1.send`. */
export type ChangeSecret = (text: string, path: string) => string;

/** The same settings with every secret replaced by what `change` makes of it. */
export function mapSecrets(config: SourceConfig, change: ChangeSecret): SourceConfig {
  switch (config.kind) {
    case 'tcp-client':
      return {
        ...config,
        login: config.login.map((step, index) =>
          step.isSecret ? { ...step, send: change(step.send, `login.${index}.send`) } : step,
        ),
      };
    case 'ami':
    case 'http-push':
      return { ...config, secret: change(config.secret, 'secret') };
    case 'mitel-5000-link':
    case 'sftp-drop':
    case 'database':
      return { ...config, password: change(config.password, 'password') };
    case 'sftp-pull':
      return {
        ...config,
        password: change(config.password, 'password'),
        privateKey: change(config.privateKey, 'privateKey'),
        passphrase: change(config.passphrase, 'passphrase'),
      };
    case 'tcp-listener':
    case 'serial':
    case 'followed-file':
    case 'file-import':
    case 'nec-link':
    case 'udp-listener':
    case 'folder':
      return config;
    default:
      return assertNever(config);
  }
}

export function secretsOf(config: SourceConfig): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  mapSecrets(config, (text, path) => {
    found.set(path, text);
    return text;
  });
  return found;
}
