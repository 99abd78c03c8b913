/** A serial cable without hardware. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import path from 'node:path';

/** Two pseudo-terminals joined by socat: what is written to `pbx` arrives at `port`. */
export class SerialCable {
  readonly port: string;
  readonly pbx: string;
  #socat: ReturnType<typeof spawn> | undefined;

  constructor(folder: string) {
    this.port = path.join(folder, 'port');
    this.pbx = path.join(folder, 'pbx');
  }

  async plug(): Promise<void> {
    const ends = [this.port, this.pbx].map((link) => `PTY,link=${link},raw,echo=0`);
    const socat = spawn('socat', ['-d', '-d', ...ends], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#socat = socat;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      socat.on('error', reject);
      socat.stderr.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        if (said.includes('starting data transfer loop')) resolve();
      });
    });
  }

  async unplug(): Promise<void> {
    const socat = this.#socat;
    if (socat === undefined) return;
    this.#socat = undefined;
    socat.kill('SIGTERM');
    await once(socat, 'exit');
  }

  /** Writes to the PBX's end. */
  async send(text: string): Promise<void> {
    const file = await open(this.pbx, 'r+');
    await file.write(Buffer.from(text, 'latin1'));
    await file.close();
  }
}
