/**
 * `npm run docs`: writes docs/formats.md from the formats themselves and their samples. With `--check` it writes nothing and
 * fails when the page is not what it would write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { optionsOf } from '../parsers/common-options.ts';
import { formats } from '../parsers/registry.ts';
import type { Confidence, FormatDefinition, Transport } from '../parsers/types.ts';
import { allSamples, type Sample } from '../test/parsers/sample-folder.ts';

const PAGE = path.join(path.dirname(import.meta.dirname), 'docs', 'formats.md');

const SURENESS: Readonly<Record<Confidence, string>> = {
  proved: 'proved on real records',
  documented: 'from a manual',
  unconfirmed: '**unconfirmed**',
};

const TRANSPORTS: Readonly<Record<Transport, string>> = {
  serial: 'serial port',
  'tcp-client': 'TCP, Tollbook calls the PBX',
  'tcp-listener': 'TCP, the PBX calls Tollbook',
  'udp-listener': 'UDP',
  'http-push': 'HTTP push',
  'nec-link': 'NEC request and acknowledge link',
  'mitel-5000-link': 'Mitel 5000 link',
  database: 'database',
  file: 'files',
  ami: 'AMI',
};

const CODES: Readonly<Record<string, string>> = {
  account: 'account code',
  authorization: 'authorization code',
  verification: 'verification code',
};

const words = (values: readonly string[], names: Readonly<Record<string, string>>): string =>
  values.map((value) => names[value] ?? value).join(', ');

const cellText = (text: string): string => text.replaceAll('|', '\\|');

function samplesText(own: readonly Sample[]): string {
  const real = own.filter((sample) => sample.origin['isReal'] === true).length;
  const made = own.length - real;
  return [real > 0 ? `${real} real` : '', made > 0 ? `${made} made up` : ''].filter((text) => text !== '').join(', ');
}

function rowOf(format: FormatDefinition, own: readonly Sample[]): string {
  const cells = [
    `\`${format.id}\``,
    format.title,
    SURENESS[format.confidence],
    format.codeFields.length === 0 ? 'none known' : words(format.codeFields, CODES),
    samplesText(own),
  ];
  return `| ${cells.map(cellText).join(' | ')} |`;
}

function sectionOf(format: FormatDefinition): string[] {
  const common = new Set(['dateOrder', 'clock', 'timeIs', 'encoding', 'timeZone', 'firstDate']);
  const { dateOrder, clock, timeIs, timeZone } = format.defaults;
  const usual = [
    dateOrder === undefined ? '' : `date ${dateOrder}`,
    clock === undefined ? '' : `${clock} clock`,
    timeIs === undefined ? '' : `time is the ${timeIs}`,
    timeZone === undefined ? '' : `zone ${timeZone}`,
  ].filter((text) => text !== '');
  return [
    `#### ${format.title} (\`${format.id}\`)`,
    '',
    `- Models: ${format.models.join(', ')}`,
    `- Comes by: ${words(format.transports, TRANSPORTS)}`,
    ...(usual.length === 0 ? [] : [`- By default: ${usual.join(', ')}`]),
    ...(format.aliases === undefined
      ? []
      : [`- Also known as: ${format.aliases.map((name) => `\`${name}\``).join(', ')}`]),
    ...(format.confusableWith === undefined || format.confusableWith.length === 0
      ? []
      : [`- Looks like: ${format.confusableWith.map((id) => `\`${id}\``).join(', ')}`]),
    ...optionsOf(format)
      .filter(({ name }) => !common.has(name))
      .map(
        ({ name, choices, help }) =>
          `- Option \`${name}\`${choices === undefined ? '' : ` (${choices.join(', ')})`}: ${help.en}`,
      ),
    ...(format.unsure === undefined ? [] : [`- Not sure: ${format.unsure.en}`]),
    '',
  ];
}

function page(): string {
  const samples = allSamples();
  const vendors = [...new Set(formats.map(({ vendor }) => vendor))].toSorted((a, b) => a.localeCompare(b, 'en'));
  const lines = [
    '<!-- Written by `npm run docs` from the formats and their samples. Change those, not this page. -->',
    '# Formats',
    '',
    `Tollbook reads ${formats.length} record formats of ${vendors.length} makers. \`tollbook detect FILE\` names the one a capture is in;`,
    'what is in none of them can be described on the page *Formats* without code ([format-definitions.md](format-definitions.md)).',
    '',
    '- **Proved on real records**: lines of real systems are among the samples.',
    '- **From a manual**: the columns are the maker’s; no real line was at hand.',
    '- **Unconfirmed**: a part of the layout is an inference. Tollbook says which, and asks to check the first records.',
    '',
    'The personal code stands where the fourth column says, best first. Every format also understands the options',
    '`dateOrder`, `clock`, `timeIs`, `encoding`, `timeZone` and `firstDate`.',
    '',
  ];
  for (const vendor of vendors) {
    const own = formats.filter((format) => format.vendor === vendor);
    lines.push(
      `## ${vendor}`,
      '',
      '| id | Format | How sure | Personal code | Samples |',
      '| --- | --- | --- | --- | --- |',
    );
    for (const format of own)
      lines.push(
        rowOf(
          format,
          samples.filter((sample) => sample.format === format.id),
        ),
      );
    lines.push('');
    for (const format of own) lines.push(...sectionOf(format));
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

const written = page();
if (!process.argv.includes('--check')) writeFileSync(PAGE, written);
else if (readFileSync(PAGE, 'utf8') !== written) {
  process.stderr.write('docs/formats.md is not what the formats say: run `npm run docs`.\n');
  process.exitCode = 1;
}
