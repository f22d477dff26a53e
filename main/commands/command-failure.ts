/** A failure that a person can act on: its message is the one line that the command prints. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.failed) {
    super(message);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}

/** `usage`: the command itself was wrong, so nothing was tried. */
export const exitCodes = { failed: 1, usage: 2 } as const;
