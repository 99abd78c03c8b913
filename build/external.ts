/** Native modules, what they need at run time, and large packages that are loaded only when asked for: not bundled. */
export const EXTERNAL = [
  'electron',
  'electron-updater',
  'better-sqlite3',
  'serialport',
  /^@serialport\//,
  'exceljs',
  'pdfkit',
  '@napi-rs/keyring',
  'ssh2',
  'pg',
  /^mysql2/,
];
