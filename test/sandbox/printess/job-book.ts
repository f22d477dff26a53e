import { seededRandom } from '../../../main/training/random/seeded-random.ts';
import type { DocumentSpec, HiddenFrom, OutputType, PrintessJob } from './job.ts';
import type { JobFault, JobKnobs } from './job-faults.ts';

/** What a job is made from; the same for a call of the API and for `start`. */
export interface JobSpec {
  readonly templateName: string;
  readonly origin: string;
  readonly externalOrderId?: string | null;
  readonly productType?: string | null;
  readonly copies?: number;
  readonly metaData?: string | null;
  readonly meta?: string | null;
  readonly callbackUrl?: string | null;
  readonly outputType?: OutputType;
  /** Default one document of one page. */
  readonly documents?: readonly DocumentSpec[];
  /** Default now. */
  readonly createdAtMs?: number;
  /** Default a new one. */
  readonly orderId?: string;
}

interface JobBookDeps {
  readonly seed: string | number;
  readonly knobs: JobKnobs;
  nowMs(): number;
  renderMs(): number;
  keepFilesMs(): number;
}

/** The jobs of one account, oldest first. */
export interface JobBook {
  add(spec: JobSpec): PrintessJob;
  get(jobId: string): PrintessJob | undefined;
  /** The last job made for the order. */
  ofOrder(orderId: string): PrintessJob | undefined;
  all(): Iterable<PrintessJob>;
  /** Throws when there is no such job. */
  change(jobId: string, change: Partial<PrintessJob>): PrintessJob;
  finish(jobId: string): PrintessJob;
  fail(jobId: string, message: string): PrintessJob;
  hide(jobId: string, from: HiddenFrom): void;
  /** Its files are deleted at the file host, as after 30 days. */
  expireFiles(jobId: string): void;
}

const DEFAULT_DOCUMENTS: readonly DocumentSpec[] = [{ name: 'Document', pageCount: 1 }];
/** The longest a job waits in the queue before it is rendered. */
const MOST_QUEUED_MS = 1000;

export function createJobBook(deps: JobBookDeps): JobBook {
  const jobs = new Map<string, PrintessJob>();
  const lastOfOrder = new Map<string, string>();
  const random = seededRandom(`jobs/${deps.seed}`);
  const hex = (digits: number) => Array.from({ length: digits }, () => random.below(16).toString(16)).join('');
  const guid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;

  function change(jobId: string, changed: Partial<PrintessJob>): PrintessJob {
    const job = jobs.get(jobId);
    if (job === undefined) throw new Error(`the sandbox has no job ${jobId}`);
    const next = { ...job, ...changed };
    jobs.set(jobId, next);
    return next;
  }

  const end = (jobId: string, failure: string | null) => {
    const atMs = deps.nowMs();
    const job = jobs.get(jobId);
    return change(jobId, {
      processingAtMs: Math.min(job?.processingAtMs ?? atMs, atMs),
      end: { atMs, failure },
      filesExpireAtMs: atMs + deps.keepFilesMs(),
    });
  };

  return {
    add(spec) {
      const createdAtMs = spec.createdAtMs ?? deps.nowMs();
      const subject = { template: spec.templateName, origin: spec.origin, order: spec.externalOrderId ?? '' };
      const faults = deps.knobs.strikeAll(subject, () => true);
      const find = <K extends JobFault['kind']>(kind: K) =>
        faults.find((fault): fault is Extract<JobFault, { readonly kind: K }> => fault.kind === kind);
      const renderMs = find('slow')?.renderMs ?? deps.renderMs();
      const endAtMs = createdAtMs + renderMs;
      const job: PrintessJob = {
        jobId: `${hex(40)}_${compactTime(createdAtMs)}_${guid()}`,
        orderId: spec.orderId ?? guid(),
        templateName: spec.templateName,
        origin: spec.origin,
        externalOrderId: spec.externalOrderId ?? null,
        productType: spec.productType ?? null,
        copies: spec.copies ?? 1,
        metaData: spec.metaData ?? null,
        meta: spec.meta ?? null,
        callbackUrl: spec.callbackUrl ?? null,
        outputType: spec.outputType ?? 'pdf',
        documents: spec.documents ?? DEFAULT_DOCUMENTS,
        createdAtMs,
        processingAtMs: createdAtMs + Math.min(MOST_QUEUED_MS, renderMs / 4),
        end: find('never') === undefined ? { atMs: endAtMs, failure: find('fail')?.message ?? null } : null,
        hiddenFrom: 'nobody',
        result: find('noFiles') !== undefined ? 'nothing' : find('zipOnly') !== undefined ? 'zip' : 'files',
        hasInvalidGlyph: find('invalidGlyph') !== undefined,
        filesExpireAtMs: endAtMs + deps.keepFilesMs(),
      };
      jobs.set(job.jobId, job);
      lastOfOrder.set(job.orderId, job.jobId);
      return job;
    },
    get: (jobId) => jobs.get(jobId),
    ofOrder: (orderId) => jobs.get(lastOfOrder.get(orderId) ?? ''),
    all: () => jobs.values(),
    change,
    finish: (jobId) => end(jobId, null),
    fail: (jobId, message) => end(jobId, message),
    hide: (jobId, hiddenFrom) => {
      change(jobId, { hiddenFrom });
    },
    expireFiles: (jobId) => {
      change(jobId, { filesExpireAtMs: deps.nowMs() });
    },
  };
}

/** Such as `20260112T081500123`. */
function compactTime(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[-:.Z]/g, '');
}
