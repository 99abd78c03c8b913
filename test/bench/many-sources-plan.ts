/** The fifty PBXs of many-sources.bench.ts. */
import type { LineKind } from './pbx-lines.ts';

/** What speaks over which kind of line. */
export const PLAN: readonly (readonly [LineKind, readonly string[]])[] = [
  [
    'tcp-listener',
    [
      'panasonic-a',
      'panasonic-c',
      'lg-ldk',
      'ipecs-ucp8',
      'avaya-ipoffice',
      'avaya-cm-custom-97',
      'mitel-smdr',
      'mitel-mxone',
      'nortel-norstar',
      'samsung-officeserv',
      'toshiba-ctx',
      'unify-hipath3000',
      'unify-openscape-business',
      'alcatel-oxo',
      'ericsson-md110',
      '3cx-cdr',
    ],
  ],
  [
    'tcp-client',
    [
      'panasonic-a',
      'panasonic-b',
      'panasonic-dbs',
      'ipecs-lik',
      'lg-gdk',
      'vodavi',
      'nec-sl',
      'nortel-meridian',
      'shoretel-cdr',
      'alcatel-oxe',
      '3cx-cdr',
      'mitel-smdr',
    ],
  ],
  ['udp-listener', ['panasonic-a', 'lg-ghx', 'lg-ldk', 'avaya-cm-custom-80', 'unify-hicom100', 'shoretel-cdr']],
  [
    'followed-file',
    [
      'asterisk-csv',
      'asterisk-csv',
      'asterisk-custom',
      'asterisk-table',
      'cisco-cucm',
      'cisco-cucm',
      'freeswitch-csv',
      'ericsson-businessphone',
      'panasonic-td500-d',
      'unify-hipath3000',
    ],
  ],
  ['http-push', ['yeastar-json', 'yeastar-json', 'grandstream-ucm', 'grandstream-ucm']],
  ['serial', ['panasonic-td500-a', 'lg-gps6a']],
];
