import { z } from 'zod';
import type { PrintessBehaviour } from './behaviour.ts';
import { emptyAnswer, jsonAnswer, type PlannedCallAnswer } from './call-faults.ts';
import type { DocumentSpec, PrintessJob } from './job.ts';
import { type AnswerContext, orderAnswer, pdfStatusAnswer, statusAnswer } from './job-answers.ts';
import type { JobBook, JobSpec } from './job-book.ts';
import { filterJobs, orderListRequest } from './order-filter.ts';
import { jobSpecOf, produceRequest } from './produce-request.ts';

/** Which token a caller shows; only the service token is good for everything. */
export type TokenKind = 'service' | 'shop' | 'wrong' | 'missing';

export interface EndpointDeps {
  readonly book: JobBook;
  readonly behaviour: Readonly<PrintessBehaviour>;
  context(): AnswerContext;
  /** What a template or save token renders. */
  documentsOf(templateName: string): readonly DocumentSpec[];
  /** A job was made by a call. */
  made(job: PrintessJob): void;
}

interface Endpoint {
  /** `user` needs the service token, `shop` either of the two. */
  readonly policy: 'user' | 'shop';
  answer(body: unknown, deps: EndpointDeps): PlannedCallAnswer;
}

const jobRequest = z.object({ jobId: z.string().min(1) });
const retryRequest = z.object({ orderId: z.string().min(1), origin: z.string().nullish() });
const UNKNOWN_ORDER = { c: 404, m: 'The order does not exist.' };

/** The endpoints that a print shop meets, by their path. Every one is a POST. */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/production/produce': endpoint('user', produceRequest, (request, deps) =>
    madeAnswer(jobSpecOf(request, deps.documentsOf(request.templateName)), deps),
  ),
  '/production/status/get': endpoint('shop', jobRequest, ({ jobId }, deps) =>
    jsonAnswer(200, statusAnswer(jobId, known(jobId, deps), deps.context())),
  ),
  '/production/status/pdf/get': endpoint('shop', jobRequest, ({ jobId }, deps) =>
    jsonAnswer(200, pdfStatusAnswer(known(jobId, deps), deps.context())),
  ),
  '/orders/list': endpoint('user', orderListRequest, (request, deps) => {
    if (deps.behaviour.listRefused !== null) return emptyAnswer(deps.behaviour.listRefused);
    const context = deps.context();
    const { page, count } = filterJobs(deps.book.all(), request, context.nowMs, deps.behaviour);
    const users = page.length === 0 ? [] : [{ id: 'sandbox-user', d: 'Sandbox', e: 'user@sandbox.example' }];
    return jsonAnswer(200, { orders: page.map((job) => orderAnswer(job, context)), users, count });
  }),
  '/order/retry': endpoint('user', retryRequest, ({ orderId, origin }, deps) => {
    const old = deps.book.ofOrder(orderId);
    if (old === undefined) return jsonAnswer(406, UNKNOWN_ORDER);
    const keepsOrder = deps.behaviour.retryKeepsOrder;
    // The order is listed once, with its new job; the old job is still known by its id.
    if (keepsOrder) deps.book.hide(old.jobId, 'list');
    const { templateName, externalOrderId, productType, copies, metaData, meta } = old;
    const { callbackUrl, outputType, documents } = old;
    const again = { templateName, externalOrderId, productType, copies, metaData, meta };
    const order = keepsOrder ? { orderId } : {};
    return madeAnswer({ ...again, callbackUrl, outputType, documents, origin: origin ?? old.origin, ...order }, deps);
  }),
  '/orders/origins/unique': endpoint('user', z.unknown(), (_request, { book }) =>
    jsonAnswer(200, { origins: [...new Set([...book.all()].map(({ origin }) => origin))] }),
  ),
};

/** The answer to a call; undefined when there is no such endpoint. */
export function answerCall(
  path: string,
  body: unknown,
  token: TokenKind,
  deps: EndpointDeps,
): PlannedCallAnswer | undefined {
  const found = ENDPOINTS[path];
  if (found === undefined) return undefined;
  if (token === 'wrong' || token === 'missing') return emptyAnswer(401);
  if (found.policy === 'user' && token === 'shop') return emptyAnswer(deps.behaviour.refusalStatus);
  return found.answer(body, deps);
}

function endpoint<Request>(
  policy: Endpoint['policy'],
  schema: z.ZodType<Request>,
  answer: (request: Request, deps: EndpointDeps) => PlannedCallAnswer,
): Endpoint {
  return {
    policy,
    answer(body, deps) {
      const request = schema.safeParse(body);
      if (request.success) return answer(request.data, deps);
      const errors = Object.fromEntries(
        request.error.issues.map(({ path, message }) => [path.join('.') || 'body', [message]]),
      );
      return jsonAnswer(400, { title: 'One or more validation errors occurred.', status: 400, errors });
    },
  };
}

function madeAnswer(spec: JobSpec, deps: EndpointDeps): PlannedCallAnswer {
  const job = deps.book.add(spec);
  deps.made(job);
  return jsonAnswer(200, { jobId: job.jobId, orderId: job.orderId });
}

function known(jobId: string, { book }: EndpointDeps): PrintessJob | undefined {
  const job = book.get(jobId);
  return job === undefined || job.hiddenFrom === 'everybody' ? undefined : job;
}
