import type { PrintessBehaviour } from './behaviour.ts';
import { isFinal, type JobPhase, type PrintessJob, phaseOf, timeText } from './job.ts';
import { documentFiles, resultFiles, totalBytes, zipFile } from './result-files.ts';

/** What every answer about a job depends on beside the job. */
export interface AnswerContext {
  readonly nowMs: number;
  readonly fileHostUrl: string;
  readonly behaviour: Readonly<PrintessBehaviour>;
}

const USER_ID = 'sandbox-user';
/** The template that every save token was made from. */
const BASE_TEMPLATE = 'Business card';
const CREDITS_PER_DOCUMENT = 0.25;

type Json = Readonly<Record<string, unknown>>;

/** The `result` of a job (ProcessResults); null unless it is done. */
function resultOf(job: PrintessJob, context: AnswerContext): Json | null {
  if (phaseOf(job, context.nowMs).kind !== 'done') return null;
  const files = job.result === 'files' ? resultFiles(job) : [];
  const url = (path: string) => context.fileHostUrl + path;
  const documents = files.filter(({ page }) => page === null);
  const pages = files.filter(({ page }) => page !== null);
  const byName = <Value>(value: (file: (typeof files)[number]) => Value) =>
    documents.length === 0 ? null : Object.fromEntries(documents.map((file) => [file.document, value(file)]));
  const pageCounts = Object.fromEntries(job.documents.map(({ name, pageCount }) => [name, pageCount]));
  return {
    s: { t: 0, p: 1, c: 2, o: 0, d: 3 },
    r: byName(({ path }) => url(path)),
    d: byName(({ fileName }) => fileName),
    p: pages.length === 0 ? null : pages.map(({ document, path, page }) => ({ d: document, u: url(path), i: page })),
    zip: job.result === 'zip' ? url(zipFile(job).path) : null,
    ff: null,
    ps: null,
    pages: pageCounts,
    oi: { hasInvalidGlyph: job.hasInvalidGlyph, animationSeconds: 0, outputWidth: 0, outputHeight: 0, pageCounts },
    ayx: null,
    meta: context.behaviour.metaPlace === 'top' ? null : job.meta,
  };
}

function outcome(phase: JobPhase, spelling: PrintessBehaviour['statusSpelling']): Json {
  const details = phase.kind === 'failed' ? phase.details : null;
  return spelling === 'success'
    ? { isSuccess: phase.kind === 'done', errorDetails: details }
    : { isFailure: phase.kind === 'failed', failureDetails: details };
}

/** The answer of /production/status/get; of a job that is not there, 200 with nothing in it. */
export function statusAnswer(jobId: string, job: PrintessJob | undefined, context: AnswerContext): Json {
  if (job === undefined) {
    const nothing = { enqueuedOn: null, processingOn: null, finishedOn: null, failedOn: null, templateName: null };
    return { jobId, isFinalStatus: false, ...outcome({ kind: 'queued' }, 'success'), ...nothing, result: null };
  }
  const phase = phaseOf(job, context.nowMs);
  return {
    jobId,
    isFinalStatus: isFinal(phase),
    ...outcome(phase, context.behaviour.statusSpelling),
    enqueuedOn: timeText(job.createdAtMs),
    processingOn: phase.kind === 'queued' ? null : timeText(job.processingAtMs),
    finishedOn: phase.kind === 'done' ? timeText(phase.atMs) : null,
    failedOn: phase.kind === 'failed' ? timeText(phase.atMs) : null,
    templateName: job.templateName,
    result: resultOf(job, context),
  };
}

/** The answer of /production/status/pdf/get. */
export function pdfStatusAnswer(job: PrintessJob | undefined, context: AnswerContext): Json {
  const phase: JobPhase = job === undefined ? { kind: 'queued' } : phaseOf(job, context.nowMs);
  const done = job !== undefined && job.result === 'files' && phase.kind === 'done';
  const documents = done ? resultFiles(job).filter(({ page }) => page === null) : [];
  return {
    isFinalStatus: isFinal(phase),
    isError: phase.kind === 'failed',
    errorDetails: phase.kind === 'failed' ? phase.details : null,
    formFieldsUrl: null,
    pdfs: documents.map(({ document, path }) => ({ documentName: document, url: context.fileHostUrl + path })),
  };
}

/** One entry of /orders/list (OrderDto). */
export function orderAnswer(job: PrintessJob, context: AnswerContext): Json {
  const phase = phaseOf(job, context.nowMs);
  const saveToken = job.templateName.startsWith('st:') ? job.templateName.slice('st:'.length) : null;
  const failed = phase.kind === 'failed';
  return {
    id: job.orderId,
    jobId: job.jobId,
    externalOrderId: job.externalOrderId,
    userId: USER_ID,
    sourceUserId: null,
    templateName:
      saveToken !== null && context.behaviour.listTemplate === 'template' ? BASE_TEMPLATE : job.templateName,
    origin: job.origin,
    shopSaveId: saveToken,
    productType: job.productType,
    createdOn: timeText(job.createdAtMs),
    finishedOn: isFinal(phase) ? timeText(phase.atMs) : null,
    isFinished: phase.kind === 'done' || (failed && context.behaviour.failedIsFinished),
    isFailure: failed,
    failureDetails: failed ? phase.details : null,
    usedImposition: false,
    result: resultOf(job, context),
    documents: job.documents.length,
    copies: job.copies,
    pages: job.documents.reduce((sum, { pageCount }) => sum + pageCount, 0),
    size: phase.kind === 'done' ? totalBytes(documentFiles(job)) : 0,
    usedCredits: isFinal(phase) ? job.documents.length * CREDITS_PER_DOCUMENT : null,
    metaData: job.metaData,
    loadableTemplateName: job.templateName,
    usedPublishedVersion: false,
  };
}

/** The body that is posted to the callback URL of a job that is final. */
export function callbackBody(job: PrintessJob, context: AnswerContext): Json {
  const { metaPlace, callbackSpelling } = context.behaviour;
  return {
    jobId: job.jobId,
    orderId: job.orderId,
    userId: USER_ID,
    templateName: job.templateName,
    externalOrderId: job.externalOrderId,
    ...(metaPlace === 'result' ? {} : { meta: job.meta }),
    ...outcome(phaseOf(job, context.nowMs), callbackSpelling),
    result: resultOf(job, context),
  };
}
