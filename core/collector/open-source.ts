/** From a stored configuration to a source that runs. */
import { assertNever } from '../model/errors.ts';
import type { SourceConfig } from '../model/source-config.ts';
import { AmiDialogue, StepDialogue } from './dialogue.ts';
import type { RunningSource, SourceHost } from './source.ts';
import { FollowedFileSource } from './sources/followed-file.ts';
import { SerialSource } from './sources/serial.ts';
import { TcpClientSource } from './sources/tcp-client.ts';
import { TcpListenerSource } from './sources/tcp-listener.ts';

const AMI_KEEP_ALIVE_SECONDS = 60;

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
        keepAliveSeconds: AMI_KEEP_ALIVE_SECONDS,
        dialogue: new AmiDialogue(config.username, config.secret),
        marksGap: true,
      });
    case 'tcp-listener':
      return new TcpListenerSource(host, config);
    case 'serial':
      return new SerialSource(host, config);
    case 'followed-file':
      return new FollowedFileSource(host, config);
    case 'file-import':
      return undefined;
    default:
      return assertNever(config);
  }
}
