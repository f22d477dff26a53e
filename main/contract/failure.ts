import { z } from 'zod';

/** The classes of failure that cross the contract. `retryable` says whether the same call may succeed later. */
export const failureCodes = [
  'invalidInput',
  'notFound',
  'conflict',
  'unavailable',
  'notPermitted',
  'unreachable',
  'internal',
] as const;

export const failureSchema = z.object({
  code: z.enum(failureCodes),
  message: z.string(),
  retryable: z.boolean(),
});

export type FailureCode = (typeof failureCodes)[number];
export type Failure = z.infer<typeof failureSchema>;

/** The one error class a contract call rejects with, on every wire. Its message is one line a person can read. */
export class ContractError extends Error {
  readonly code: FailureCode;
  readonly retryable: boolean;

  constructor(code: FailureCode, message: string, retryable = false) {
    super(message);
    this.name = 'ContractError';
    this.code = code;
    this.retryable = retryable;
  }

  toFailure(): Failure {
    return { code: this.code, message: this.message, retryable: this.retryable };
  }

  static from(failure: Failure): ContractError {
    return new ContractError(failure.code, failure.message, failure.retryable);
  }
}
