/** From a stored configuration to a source that runs. */
import { assertNever } from '../model/errors.ts';
import type { SourceConfig } from '../model/source-config.ts';
import { AmiDialogue, Mitel5000Dialogue, StepDialogue } from './dialogue.ts';
import type { RunningSource, SourceHost } from './source.ts';
import { DatabaseSource } from './sources/database.ts';
import { FolderSource, folderOptionsOf } from './sources/folder.ts';
import { FollowedFileSource } from './sources/followed-file.ts';
import { HttpPushSource } from './sources/http-push.ts';
import { NecLinkSource } from './sources/nec-link.ts';
import { SerialSource } from './sources/serial.ts';
import { SftpDropSource } from './sources/sftp-drop.ts';
import { SftpPullSource } from './sources/sftp-pull.ts';
import { TcpClientSource } from './sources/tcp-client.ts';
import { TcpListenerSource } from './sources/tcp-listener.ts';
import { UdpListenerSource } from './sources/udp-listener.ts';

const KEEP_ALIVE_SECONDS = 60;

/** A source of files to be imported has nothing to keep open: undefined. */
export function openSource(config: SourceConfig, host: SourceHost): RunningSource | undefined {
  switch (config.kind) {
    case 'tcp-client':
      return new TcpClientSource(host, {
        ...config,
        dialogue: new StepDialogue(config.login, config.loginRejected),
        marksGap: false,
      });
    case 'ami':
      return new TcpClientSource(host, {
        host: config.host,
        port: config.port,
        keepAliveSeconds: KEEP_ALIVE_SECONDS,
        dialogue: new AmiDialogue(config.username, config.secret),
        marksGap: true,
      });
    case 'mitel-5000-link':
      return new TcpClientSource(host, {
        host: config.host,
        port: config.port,
        keepAliveSeconds: KEEP_ALIVE_SECONDS,
        dialogue: new Mitel5000Dialogue(config.password),
        marksGap: true,
        hangsUpOnRefusal: true,
      });
    case 'nec-link':
      return new NecLinkSource(host, config);
    case 'tcp-listener':
      return new TcpListenerSource(host, config);
    case 'serial':
      return new SerialSource(host, config);
    case 'followed-file':
      return new FollowedFileSource(host, config);
    case 'http-push':
      return new HttpPushSource(host, config);
    case 'udp-listener':
      return new UdpListenerSource(host, config);
    case 'folder':
      return new FolderSource(host, folderOptionsOf(config));
    case 'sftp-pull':
      return new SftpPullSource(host, config);
    case 'sftp-drop':
      return new SftpDropSource(host, config);
    case 'database':
      return new DatabaseSource(host, config);
    case 'file-import':
      return undefined;
    default:
      return assertNever(config);
  }
}
