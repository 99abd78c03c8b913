/** Exit codes of every command; docs/command-line.md lists them. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, needsAttention: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
