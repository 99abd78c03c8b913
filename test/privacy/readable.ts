/** What a file says, whatever it is packed in. */
import { buffer } from 'node:stream/consumers';
import { fromBuffer } from 'yauzl';

export function unzip(bytes: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    const files = new Map<string, string>();
    fromBuffer(bytes, { lazyEntries: true }, (failure, zip) => {
      if (failure !== null) return reject(failure);
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, async (error, stream) => {
          if (error !== null) return reject(error);
          files.set(entry.fileName, (await buffer(stream)).toString('utf8'));
          zip.readEntry();
        });
      });
      zip.on('end', () => resolve(files));
      zip.readEntry();
    });
  });
}

/** Of a workbook or an archive: the names and texts of its parts. */
export async function readableText(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') return bytes.toString('utf8');
  return [...(await unzip(bytes))].flat().join('\n');
}
