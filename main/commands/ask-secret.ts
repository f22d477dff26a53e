import { CommandFailure } from './command-failure.ts';

/** Where something is typed or piped in; a terminal can be told not to show what is typed. */
export interface SecretInput extends AsyncIterable<Buffer | string> {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  /** Lets the process end although nobody closes this. */
  unref?(): unknown;
}

const longestSecret = 1000;
/** Ctrl-C, Ctrl-D and Escape. */
const givenUp = new Set(['\u0003', '\u0004', '\u001b']);
const rubbedOut = new Set(['\u007f', '\b']);

/** Reads a secret: typed at a terminal, where it is not shown, up to the end of the line; else all that is piped in. */
export const askSecret = async (question: string, input: SecretInput, say: (text: string) => void): Promise<string> => {
  const isTyped = input.isTTY === true;
  let secret = '';
  if (isTyped) {
    say(question);
    input.setRawMode?.(true);
  }
  try {
    for await (const chunk of input) {
      for (const character of chunk.toString()) {
        if (isTyped && givenUp.has(character)) throw new CommandFailure('given up');
        if (isTyped && /[\r\n]/.test(character)) return secret;
        if (isTyped && rubbedOut.has(character)) secret = secret.slice(0, -1);
        else secret += character;
        if (secret.length > longestSecret) throw new CommandFailure('what was given is too long');
      }
    }
    return secret.trim();
  } finally {
    if (isTyped) {
      input.setRawMode?.(false);
      say('\n');
    }
    input.unref?.();
  }
};
