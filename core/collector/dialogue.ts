/** What is said to a PBX before it sends records. Knows texts only; sockets and timers are the TCP client's. */
import { isPassword, loginPacket } from '../../parsers/mitel/packet.ts';
import { AppError } from '../model/errors.ts';
import type { LoginStep } from '../model/source-config.ts';
import { unescapeLine, unescapeText } from './escapes.ts';

export interface DialogueAnswer {
  /** To be sent now, one character per byte. */
  readonly send: string;
  readonly state: 'going' | 'done' | 'rejected';
}

export interface Dialogue {
  /** Nothing is expected or said: the connection alone is enough. */
  readonly isEmpty: boolean;
  /** What is waited for, for the message when it does not come. Never a secret. */
  readonly awaited: string;
  /** With every text received (one character per byte), and once with an empty text when connected. */
  receive(text: string): DialogueAnswer;
}

/** How far back a text that came in pieces is looked for. */
const WINDOW_CHARACTERS = 8192;
/** A refusal can still come after the last step was sent; later the same words may stand in a record. */
const REFUSAL_CHARACTERS = 400;

export class StepDialogue implements Dialogue {
  readonly #steps: readonly LoginStep[];
  readonly #rejected: string;
  #next = 0;
  #window = '';
  #afterLast = 0;

  constructor(steps: readonly LoginStep[], rejected: string) {
    this.#steps = steps;
    this.#rejected = unescapeText(rejected);
  }

  get isEmpty(): boolean {
    return this.#steps.length === 0;
  }

  get awaited(): string {
    return this.#steps[this.#next]?.expect ?? '';
  }

  receive(text: string): DialogueAnswer {
    this.#window = (this.#window + text).slice(-WINDOW_CHARACTERS);
    if (this.#isRejected(text)) return { send: '', state: 'rejected' };
    let send = '';
    for (;;) {
      const step = this.#steps[this.#next];
      if (step === undefined) return { send, state: 'done' };
      const expected = unescapeText(step.expect);
      const at = this.#window.indexOf(expected);
      if (at < 0) return { send, state: 'going' };
      this.#window = this.#window.slice(at + expected.length);
      send += unescapeLine(step.send);
      this.#next += 1;
    }
  }

  #isRejected(text: string): boolean {
    if (this.#rejected === '' || this.isEmpty || this.#afterLast > REFUSAL_CHARACTERS) return false;
    if (this.#next >= this.#steps.length) this.#afterLast += text.length;
    return this.#window.includes(this.#rejected);
  }
}

/** Mitel 5000: one login packet, and records begin when there are any. A wrong password is answered by hanging up. */
export class Mitel5000Dialogue implements Dialogue {
  readonly isEmpty = false;
  readonly awaited = '';
  readonly #login: string;
  #isSent = false;

  /** Throws AppError `invalid-input` for a password that no such PBX can have. */
  constructor(password: string) {
    if (!isPassword(password)) throw new AppError('invalid-input', { field: 'config.password', value: '' });
    this.#login = loginPacket(password);
  }

  receive(): DialogueAnswer {
    const send = this.#isSent ? '' : this.#login;
    this.#isSent = true;
    return { send, state: 'done' };
  }
}

/** Asterisk Manager Interface: banner, `Action: Login`, `Response: Success` or `Response: Error`. */
export class AmiDialogue implements Dialogue {
  readonly isEmpty = false;
  readonly #login: string;
  #window = '';
  #isSent = false;

  constructor(username: string, secret: string) {
    const line = (value: string): string => value.replace(/[\r\n]/g, '');
    this.#login = `Action: Login\r\nUsername: ${line(username)}\r\nSecret: ${line(secret)}\r\n\r\n`;
  }

  get awaited(): string {
    return this.#isSent ? 'Response: Success' : 'Asterisk Call Manager';
  }

  receive(text: string): DialogueAnswer {
    this.#window = (this.#window + text).slice(-WINDOW_CHARACTERS);
    if (!this.#isSent) {
      if (!this.#window.includes('\n')) return { send: '', state: 'going' };
      this.#isSent = true;
      return { send: this.#login, state: 'going' };
    }
    const response = /^Response:[ \t]*(\w+)/im.exec(this.#window)?.[1]?.toLowerCase();
    // The word may be cut in the middle: only a whole line counts.
    if (response === undefined || !/^Response:[^\n]*\n/im.test(this.#window)) return { send: '', state: 'going' };
    return { send: '', state: response === 'success' ? 'done' : 'rejected' };
  }
}
