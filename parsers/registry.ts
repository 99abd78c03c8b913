/** Every format Tollbook reads. A new vendor adds its folder here and nowhere else. */
import { formats as alcatel } from './alcatel/index.ts';
import { formats as asterisk } from './asterisk/index.ts';
import { formats as avaya } from './avaya/index.ts';
import { formats as cisco } from './cisco/index.ts';
import { formats as comdial } from './comdial/index.ts';
import { formats as freeswitch } from './freeswitch/index.ts';
import { formats as generic } from './generic/index.ts';
import { formats as grandstream } from './grandstream/index.ts';
import { formats as karel } from './karel/index.ts';
import { formats as lg } from './lg/index.ts';
import { formats as matrix } from './matrix/index.ts';
import { formats as mitel } from './mitel/index.ts';
import { formats as mxone } from './mxone/index.ts';
import { formats as nec } from './nec/index.ts';
import { formats as nortel } from './nortel/index.ts';
import { formats as panasonic } from './panasonic/index.ts';
import { formats as samsung } from './samsung/index.ts';
import { formats as shoretel } from './shoretel/index.ts';
import { formats as threecx } from './threecx/index.ts';
import { formats as toshiba } from './toshiba/index.ts';
import type { FormatDefinition } from './types.ts';
import { formats as unify } from './unify/index.ts';
import { formats as yeastar } from './yeastar/index.ts';

export const formats: readonly FormatDefinition[] = [
  ...panasonic,
  ...avaya,
  ...cisco,
  ...asterisk,
  ...lg,
  ...mitel,
  ...threecx,
  ...unify,
  ...alcatel,
  ...mxone,
  ...yeastar,
  ...samsung,
  ...generic,
  ...grandstream,
  ...nortel,
  ...karel,
  ...matrix,
  ...freeswitch,
  ...nec,
  ...shoretel,
  ...comdial,
  ...toshiba,
];

const byId = new Map(formats.flatMap((format) => [format.id, ...(format.aliases ?? [])].map((name) => [name, format])));

/** By its id or one of its aliases. */
export function formatById(id: string): FormatDefinition | undefined {
  return byId.get(id);
}
