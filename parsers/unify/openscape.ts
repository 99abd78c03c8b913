/**
 * OpenScape Office and OpenScape Business, and HiPath 3000 lists with separators: the fields of the compressed list
 * between `|` or `;`. The uncompressed form ends after the info element; releases print a separator more or less, so cells
 * are read by their order and never counted.
 *
 *     20.06.12|13:11:35|201|33388|00:02|00:00:07|0123456789||1||||||
 */
import { defineFormat, type SeparatedLayout } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { dateTime, duration, text } from '../readers.ts';
import { CODE_FIELDS, unifyAssembly } from './assembly.ts';
import { charge, extra, infoElement } from './fields.ts';
import { separatedNoise } from './noise.ts';
import { chargeOption } from './options.ts';

/** Trunks and stations have more digits here than the columns of the old lists hold. */
const PARTY = /^[\dA-Za-z*#+][\dA-Za-z*#+.@:/_ -]{0,39}$/;
/** Nothing but its separators bounds a cell, so a code may have its own marks inside. */
const CODE = /^[\dA-Za-z*#][\dA-Za-z*#._/-]{0,31}$/;

const separated = (separator: '|' | ';', match: RegExp): SeparatedLayout => ({
  kind: 'separated',
  separator,
  match,
  isQuoted: true,
  minCells: 9,
  isLeftoverAllowed: true,
  columns: [
    'date',
    'time',
    'trunk',
    'ext',
    'ring',
    'duration',
    'number',
    'charge',
    'info',
    'account',
    'msn',
    'seizure',
    'lcr',
  ],
  fields: [
    dateTime('date', 'time'),
    text('trunk', 'trunk', PARTY),
    text('extension', 'ext', PARTY),
    duration('ringSeconds', 'ring', 2),
    duration('durationSeconds', 'duration', 3),
    charge('charge'),
    infoElement('info', 'number'),
    text('accountCode', 'account', CODE),
    extra('msn', /^\S{1,24}$/),
    extra('seizure', /^\S{1,12}$/),
    extra('lcr', /^\S{1,12}$/),
  ],
});

export const openscapeBusiness = withCleanFront(
  defineFormat({
    id: 'unify-openscape-business',
    aliases: ['pipe-compressed', 'pipe-uncompressed'],
    vendor: 'Unify',
    title: 'Unify OpenScape Office, OpenScape Business and HiPath 3000 with separators',
    models: [
      'OpenScape Business X3',
      'OpenScape Business X5',
      'OpenScape Business X8',
      'OpenScape Business S',
      'OpenScape Office MX',
      'OpenScape Office LX',
      'HiPath 3750',
    ],
    transports: ['file', 'tcp-listener', 'tcp-client', 'serial'],
    confidence: 'proved',
    unsure: {
      en: 'That the tenth field is the account code follows from the order of the compressed list; no printed one was found.',
      vi: 'Trường thứ mười là mã tài khoản: suy ra từ thứ tự của danh sách nén; chưa tìm được dòng in thật nào có mã.',
    },
    framing: { kind: 'line', maxBytes: 512 },
    options: [chargeOption],
    defaults: { dateOrder: 'DMY', clock: '24h', timeIs: 'end' },
    codeFields: CODE_FIELDS,
    noise: separatedNoise,
    layouts: [
      separated('|', /^"?[ \d]?\d[./-]\d\d[./-](?:\d\d)?\d\d"?\|"?[ \d]?\d:\d\d:\d\d"?\|/),
      separated(';', /^"?[ \d]?\d[./-]\d\d[./-](?:\d\d)?\d\d"?;"?[ \d]?\d:\d\d:\d\d"?;/),
    ],
    assembly: unifyAssembly,
  }),
);
