/** A stored source, its secrets and its state, in the shape of the contract. */
import type { CaptureStatus } from '../collector/control.ts';
import type { Language } from '../i18n/translate.ts';
import { AppError } from '../model/errors.ts';
import type { SourceConfig } from '../model/source-config.ts';
import { mapSecrets, secretsOf } from '../model/source-secrets.ts';
import type { SourceRow } from '../store/sources.ts';
import type { Source, SourceStatus } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { InvalidInput, problemOf } from './problem.ts';

/** Stands for a stored secret; sent back unchanged it means: keep it. */
export const SECRET_MASK = '••••';

function hideSecrets(config: SourceConfig): Source['config'] {
  const hidden = mapSecrets(config, (text) => (text === '' ? '' : SECRET_MASK));
  switch (hidden.kind) {
    case 'tcp-client':
      return { ...hidden, login: hidden.login.map((step) => ({ ...step })) };
    case 'tcp-listener':
    case 'http-push':
    case 'udp-listener':
    case 'sftp-drop':
      return { ...hidden, allowedHosts: [...hidden.allowedHosts] };
    case 'folder':
    case 'sftp-pull':
      return { ...hidden, patterns: [...hidden.patterns] };
    case 'serial':
    case 'followed-file':
    case 'file-import':
    case 'ami':
    case 'nec-link':
    case 'mitel-5000-link':
    case 'database':
      return { ...hidden };
  }
}

/**
 * Puts stored secrets back where the mask was sent, as they are stored. Throws InvalidInput where there is none to keep. A
 * login step is found again by the text it waits for, so that steps can be added before it.
 */
export function keepSecrets(config: SourceConfig, stored: SourceConfig | undefined, language: Language): SourceConfig {
  if (config.kind === 'tcp-client') return keepLogin(config, stored, language);
  const known = stored?.kind === config.kind ? secretsOf(stored) : new Map<string, string>();
  return mapSecrets(config, (text, path) => {
    if (text !== SECRET_MASK) return text;
    const kept = known.get(path) ?? '';
    if (kept === '') throw InvalidInput.of(`config.${path}`, 'secret', language);
    return kept;
  });
}

function keepLogin(
  config: Extract<SourceConfig, { kind: 'tcp-client' }>,
  stored: SourceConfig | undefined,
  language: Language,
): SourceConfig {
  const known = stored?.kind === 'tcp-client' ? [...stored.login] : [];
  return {
    ...config,
    login: config.login.map((step, index) => {
      if (step.send !== SECRET_MASK) return step;
      const at = known.findIndex((candidate) => candidate.isSecret && candidate.expect === step.expect);
      const kept = at < 0 ? known[index] : known.splice(at, 1, { expect: '', send: '', isSecret: false })[0];
      if (kept?.isSecret !== true) throw InvalidInput.of(`config.login.${index}.send`, 'secret', language);
      return { ...step, send: kept.send, isSecret: true };
    }),
  };
}

const NOTHING_KNOWN: Omit<CaptureStatus, 'sourceId'> = {
  state: 'disabled',
  problem: null,
  retryAtMs: null,
  connections: 0,
  lastByteAtMs: null,
  bytesTotal: 0,
  bytesPerMinute: 0,
  isQuiet: false,
  quietSinceMs: null,
  hostKey: null,
};

export function statusOf({ deps }: ApiParts, sourceId: number, language: Language): SourceStatus {
  const counts = deps.ingest.counts(sourceId);
  const capture = deps.capture.statuses().find((status) => status.sourceId === sourceId) ?? NOTHING_KNOWN;
  return {
    sourceId,
    state: capture.state,
    problem: capture.problem === null ? null : problemOf(capture.problem, language),
    retryAtMs: capture.retryAtMs,
    connections: capture.connections,
    lastByteAtMs: capture.lastByteAtMs,
    lastRecordAtMs: deps.ingest.lastRecordAtMs(sourceId),
    bytesTotal: capture.bytesTotal,
    bytesPerMinute: capture.bytesPerMinute,
    recordsPerMinute: deps.ingest.recordsPerMinute(sourceId),
    isQuiet: capture.isQuiet,
    quietSinceMs: capture.quietSinceMs,
    hostKey: capture.hostKey,
    counts: { call: counts.call, part: counts.part, noise: counts.noise, malformed: counts.malformed },
  };
}

export function sourceOf(parts: ApiParts, row: SourceRow, language: Language): Source {
  return {
    id: row.id,
    name: row.name,
    config: hideSecrets(row.config),
    formatId: row.formatId,
    formatTitle: parts.formats.byId(row.formatId)?.title ?? row.formatId,
    formatOptions: { ...row.formatOptions },
    isEnabled: row.isEnabled,
    isDemo: row.isDemo,
    status: statusOf(parts, row.id, language),
  };
}

/** A source in use. Throws AppError `not-found`. */
export function requireSource({ sources }: ApiParts, id: number): SourceRow {
  const row = sources.get(id);
  if (row === undefined || row.deletedAtMs !== null) throw new AppError('not-found', { what: 'source', id });
  return row;
}
