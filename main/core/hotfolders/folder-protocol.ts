import type { FolderOperations } from './folder-operations.ts';

export type OperationName = keyof FolderOperations;
export type OperationInput<Name extends OperationName> = Parameters<FolderOperations[Name]>[0];
export type OperationValue<Name extends OperationName> = Awaited<ReturnType<FolderOperations[Name]>>;

export interface FolderRequest {
  readonly id: number;
  readonly name: OperationName;
  readonly input: unknown;
}

/** An operation's result; `code` is that of the system, such as `ENOSPC`. */
export type FolderResult<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export interface FolderAnswer {
  readonly id: number;
  readonly result: FolderResult<unknown>;
}

/** Two words of shared memory between a lane and its thread. */
export const sharedWords = { abort: 0, beats: 1 } as const;
