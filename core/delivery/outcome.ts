/** What became of one try to send: a word that every language has a text for, and what the other side said. */
export const FAILURES = [
  'unreachable',
  'timeout',
  'certificate',
  'login',
  'refused',
  'blocked-address',
  'unusable',
  // The connection ended when the whole message was given over and before it was acknowledged.
  'uncertain',
] as const;
export type Failure = (typeof FAILURES)[number];

export type Outcome =
  | { readonly isSent: true; readonly detail: string }
  | {
      readonly isSent: false;
      readonly failure: Failure;
      readonly detail: string;
      /** The other side says that another try will end the same. */
      readonly isForGood?: true;
    };

const MOST_DETAIL = 200;

export function sent(detail: string): Outcome {
  return { isSent: true, detail: detail.slice(0, MOST_DETAIL) };
}

export function failed(failure: Failure, detail: string): Extract<Outcome, { readonly isSent: false }> {
  return { isSent: false, failure, detail: detail.replace(/\s+/g, ' ').slice(0, MOST_DETAIL) };
}

export function refusedForGood(detail: string): Outcome {
  return { ...failed('refused', detail), isForGood: true };
}

/** As it is stored: `login: 535 no`. */
export function outcomeText(outcome: Outcome): string {
  return outcome.isSent ? outcome.detail : `${outcome.failure}: ${outcome.detail}`;
}

export function failureOf(text: string): Failure | undefined {
  return FAILURES.find((failure) => text.startsWith(`${failure}:`));
}

const CERTIFICATE_CODES = /^(CERT_|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED|ERR_TLS|EPROTO)/;

/** What an error of a socket means. */
export function failureOfError(error: unknown): Outcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  if (CERTIFICATE_CODES.test(code) || /certificate|self-signed/i.test(message)) return failed('certificate', message);
  if (/TIMEDOUT|TIMEOUT/i.test(code) || /timeout/i.test(message)) return failed('timeout', message);
  return failed('unreachable', message);
}
