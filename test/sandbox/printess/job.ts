/** One document that a job renders. */
export interface DocumentSpec {
  readonly name: string;
  readonly pageCount: number;
}

export const OUTPUT_TYPES = ['pdf', 'png', 'jpg'] as const;
export type OutputType = (typeof OUTPUT_TYPES)[number];

/** How and when a job ends; `failure` is null when it succeeds. */
export interface JobEnd {
  readonly atMs: number;
  readonly failure: string | null;
}

/** Where a job can no longer be found. */
export type HiddenFrom = 'nobody' | 'list' | 'everybody';

/** A render job and the order that Printess makes for it. */
export interface PrintessJob {
  readonly jobId: string;
  readonly orderId: string;
  readonly templateName: string;
  readonly origin: string;
  readonly externalOrderId: string | null;
  readonly productType: string | null;
  readonly copies: number;
  /** The `orderMetaData` of the call. */
  readonly metaData: string | null;
  readonly meta: string | null;
  readonly callbackUrl: string | null;
  readonly outputType: OutputType;
  readonly documents: readonly DocumentSpec[];
  readonly createdAtMs: number;
  readonly processingAtMs: number;
  /** Null for a job that never ends. */
  readonly end: JobEnd | null;
  readonly hiddenFrom: HiddenFrom;
  /** What the result holds. */
  readonly result: 'files' | 'zip' | 'nothing';
  readonly hasInvalidGlyph: boolean;
  readonly filesExpireAtMs: number;
}

export type JobPhase =
  | { readonly kind: 'queued' }
  | { readonly kind: 'rendering' }
  | { readonly kind: 'done'; readonly atMs: number }
  | { readonly kind: 'failed'; readonly atMs: number; readonly details: string };

/** Where the job is at this time. */
export function phaseOf(job: PrintessJob, nowMs: number): JobPhase {
  if (job.end !== null && nowMs >= job.end.atMs) {
    const { atMs, failure } = job.end;
    return failure === null ? { kind: 'done', atMs } : { kind: 'failed', atMs, details: failure };
  }
  return { kind: nowMs >= job.processingAtMs ? 'rendering' : 'queued' };
}

export function isFinal(phase: JobPhase): phase is Extract<JobPhase, { readonly atMs: number }> {
  return phase.kind === 'done' || phase.kind === 'failed';
}

/** ISO 8601 in UTC with seven digits after the second, as Printess writes a time. */
export function timeText(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '0000Z');
}
