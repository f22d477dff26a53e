import type { ProcessingStatus } from './order.ts';

/** The run that makes one item's files; what it says changes with the clock alone. */
export type Pipeline =
  /** It begins when the project's business status changes. */
  | { readonly kind: 'waiting'; readonly sinceMs: number }
  | {
      readonly kind: 'running';
      readonly startedAtMs: number;
      readonly durationMs: number;
      readonly failsWith: string | null;
    }
  | { readonly kind: 'completed'; readonly atMs: number }
  | { readonly kind: 'failed'; readonly atMs: number; readonly description: string };

export interface PipelineState {
  readonly status: ProcessingStatus;
  readonly sinceMs: number;
  /** Of a failure. */
  readonly description: string | null;
}

/** The first fifth of a run is spent in the queue. */
const QUEUED_SHARE = 0.2;

export function pipelineAt(pipeline: Pipeline, nowMs: number): PipelineState {
  switch (pipeline.kind) {
    case 'waiting':
      return { status: 'Pending', sinceMs: pipeline.sinceMs, description: null };
    case 'completed':
      return { status: 'Completed', sinceMs: pipeline.atMs, description: null };
    case 'failed':
      return { status: 'Failed', sinceMs: pipeline.atMs, description: pipeline.description };
    case 'running': {
      const { startedAtMs, durationMs, failsWith } = pipeline;
      const beginsAtMs = startedAtMs + durationMs * QUEUED_SHARE;
      const endsAtMs = startedAtMs + durationMs;
      if (nowMs >= endsAtMs) {
        return { status: failsWith === null ? 'Completed' : 'Failed', sinceMs: endsAtMs, description: failsWith };
      }
      return nowMs >= beginsAtMs
        ? { status: 'InProgress', sinceMs: beginsAtMs, description: null }
        : { status: 'Pending', sinceMs: startedAtMs, description: null };
    }
  }
}

/** A project says the worst of its items: Failed before anything open, Completed only when all are. */
export function combined(states: readonly PipelineState[]): PipelineState {
  const sinceMs = Math.max(...states.map((state) => state.sinceMs));
  const failed = states.find((state) => state.status === 'Failed');
  if (failed !== undefined) return { ...failed, sinceMs };
  const all = (status: ProcessingStatus) => states.every((state) => state.status === status);
  const status = all('Completed') ? 'Completed' : all('Pending') ? 'Pending' : 'InProgress';
  return { status, sinceMs, description: null };
}
