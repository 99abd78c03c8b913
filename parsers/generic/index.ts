/**
 * PBXs whose pages are said in JSON: the named definitions of call loggers' public logs. They run through the same
 * language that people describe their own PBX in (../definition), so each of them is also an example of it. A test holds
 * every file against the schema.
 */
import { compileDefinition } from '../definition/compile.ts';
import type { DefinitionFile } from '../definition/definition-file.ts';
import type { FormatDefinition } from '../types.ts';
import datatexPipe from './datatex-pipe.json' with { type: 'json' };
import multicomA416 from './multicom-a416.json' with { type: 'json' };
import multicomC1248 from './multicom-c1248.json' with { type: 'json' };
import panasonicKxtd1232ru from './panasonic-kxtd1232ru.json' with { type: 'json' };
import samsungNx1232 from './samsung-nx1232.json' with { type: 'json' };
import samsungSkp36hx from './samsung-skp36hx.json' with { type: 'json' };
import samsungSkp816Tab from './samsung-skp816-tab.json' with { type: 'json' };
import telrad from './telrad.json' with { type: 'json' };

export const files: readonly unknown[] = [
  multicomA416,
  multicomC1248,
  samsungSkp816Tab,
  samsungNx1232,
  samsungSkp36hx,
  telrad,
  datatexPipe,
  panasonicKxtd1232ru,
];

/** The compiler widens the words of an imported JSON file to `string`; test/parsers/definition-files.test.ts checks them. */
export const formats: readonly FormatDefinition[] = files.map((file) => compileDefinition(file as DefinitionFile));
