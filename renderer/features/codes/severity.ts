import type { CodeFinding } from '../../../core/api/contract.ts';
import { SEVERITIES } from '../../../core/model/code-finding.ts';

type Severity = CodeFinding['severity'];

export const SEVERITY_COLOR = { alarm: 'red', warning: 'orange', note: 'gray' } as const satisfies Record<
  Severity,
  string
>;

export function worstOf(findings: readonly CodeFinding[]): Severity {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? 'note';
}
