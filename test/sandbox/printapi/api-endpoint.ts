import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApiFault, unreadableAnswer } from '../http/api-faults.ts';
import { type CallAnswer, faultAnswer, type PlannedAnswer, sendAnswer } from '../http/call-answer.ts';
import type { CallFault } from '../http/call-faults.ts';
import { createKnobBoard, type KnobBoard } from '../knobs/knob-board.ts';
import { bearerTokenOf, type OAuthServer } from '../oauth/oauth-server.ts';
import type { OrderBook } from './order-book.ts';
import { type ApiVersion, orderJson, statusJson, summaryJson } from './order-json.ts';

const ENDPOINTS = ['token', 'order', 'orderStatus', 'orders', 'statuses', 'unknown'] as const;
type Endpoint = (typeof ENDPOINTS)[number];

/** What a knob on requests can be matched by; `order` is the id in the path, `endpoint` one of those above. */
type RequestField = 'endpoint' | 'order' | 'version';

export type RequestKnobs = KnobBoard<RequestField, ApiFault>;

/** `timesEach` counts each endpoint of each order apart. */
export const createRequestKnobs = (seed: string | number): RequestKnobs =>
  createKnobBoard<RequestField, ApiFault>(['endpoint', 'order'], seed);

/** One request, whatever became of it, recorded when its answer is decided. */
export interface RequestEntry {
  readonly kind: 'request';
  readonly endpoint: Endpoint;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly order: string;
  readonly token: 'valid' | 'invalid' | 'missing';
  readonly answer: CallAnswer;
}

const DEFAULT_LIMIT = 20;

interface ApiDeps {
  readonly oauth: OAuthServer;
  readonly book: OrderBook;
  readonly knobs: RequestKnobs;
  /** A longer page is cut to this. */
  readonly largestPage: number;
  /** Without a slash at the end. */
  readonly url: () => string;
  record(entry: RequestEntry): void;
}

interface Target {
  readonly endpoint: Endpoint;
  readonly version: ApiVersion;
  readonly order: string;
}

type Reply = PlannedAnswer & { readonly value?: unknown };

const SCOPE_OF: Readonly<Record<Endpoint, string | undefined>> = {
  token: undefined,
  order: 'orders:track',
  orderStatus: 'orders:track',
  statuses: 'orders:track',
  orders: 'orders:browse',
  unknown: undefined,
};

/** Answers what is below `/v1/` and `/v2/`. */
export function createApiEndpoint(
  deps: ApiDeps,
): (request: IncomingMessage, response: ServerResponse, stopped: AbortSignal) => Promise<void> {
  function judge(request: IncomingMessage, target: Target, query: URLSearchParams): Reply {
    if (target.endpoint === 'unknown') return { status: 404, message: 'No such resource.' };
    if (request.method !== 'GET') return { status: 405, message: 'Use GET.', headers: { allow: 'GET' } };
    const token = bearerTokenOf(request);
    if (!deps.oauth.isValid(token)) return { status: 401, message: 'The access token is missing, wrong or expired.' };
    const scope = SCOPE_OF[target.endpoint];
    if (scope !== undefined && !deps.oauth.scopesOf(token).includes(scope)) {
      return { status: 403, message: `The scope ${scope} is required.` };
    }
    if (target.endpoint === 'orders') return listOrders(target, query);
    if (target.endpoint === 'statuses') return listUpdates(query);
    const order = deps.book.get(target.order);
    if (order === undefined) return { status: 404, message: `There is no order "${target.order}".` };
    const value = target.endpoint === 'order' ? orderJson(order, target.version, baseUrlOf(target)) : statusJson(order);
    return { status: 200, message: '', value };
  }

  function listOrders(target: Target, query: URLSearchParams): Reply {
    const offset = Number(query.get('offset') ?? 0);
    const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
    if (!Number.isInteger(offset) || offset < 0) return { status: 400, message: 'offset is no whole number.' };
    if (!Number.isInteger(limit) || limit < 1) return { status: 400, message: 'limit is no positive whole number.' };
    const orders = deps.book.newestFirst();
    const page = orders.slice(offset, offset + Math.min(limit, deps.largestPage));
    const results = page.map((order) => summaryJson(order, baseUrlOf(target)));
    return { status: 200, message: '', value: { count: orders.length, offset, limit, results } };
  }

  function listUpdates(query: URLSearchParams): Reply {
    const since = query.get('since') ?? '';
    const results = deps.book.updatesSince(since);
    if (results === null) return { status: 400, message: `since is no date and time: "${since}".` };
    return { status: 200, message: '', value: { since, results } };
  }

  const baseUrlOf = (target: Target) => `${deps.url()}/${target.version}/`;

  return async (request, response, stopped) => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const target = targetOf(url.pathname);
    const subject = { endpoint: target.endpoint, order: target.order, version: target.version };
    // A delay comes on top of whatever else happens; of the others only one can happen.
    const delays = deps.knobs.strikeAll(subject, (fault) => fault.kind === 'delay').filter(isCallFault);
    const fault = deps.knobs.strikeFirst(subject, (candidate) => candidate.kind !== 'delay');
    const token = bearerTokenOf(request);
    const record = (answer: CallAnswer) =>
      deps.record({
        kind: 'request',
        endpoint: target.endpoint,
        method: request.method ?? '',
        path: url.pathname + url.search,
        order: target.order,
        token: token === undefined ? 'missing' : deps.oauth.isValid(token) ? 'valid' : 'invalid',
        answer,
      });

    if (target.endpoint === 'token' && fault === undefined && delays.length === 0) {
      await deps.oauth.answerToken(request, response);
      record({ kind: 'answered', status: response.statusCode, message: '' });
      return;
    }
    const reply = fault?.kind === 'status' ? faultAnswer(fault) : judge(request, target, url.searchParams);
    record(recordedAnswer(fault, reply));
    const written = {
      status: reply.status,
      headers: { 'cache-control': 'no-cache', ...reply.headers },
      message: reply.message,
      body: JSON.stringify('value' in reply ? reply.value : { message: reply.message }),
      contentType: 'application/json; charset=utf-8',
      ...unreadableAnswer(fault),
    };
    await sendAnswer(
      response,
      written,
      fault !== undefined && isCallFault(fault) ? [...delays, fault] : delays,
      stopped,
    );
  };
}

function targetOf(pathname: string): Target {
  const [, version, rest = ''] = /^\/(v[12])\/(.*)$/.exec(pathname) ?? [];
  if (version !== 'v1' && version !== 'v2') return { endpoint: 'unknown', version: 'v2', order: '' };
  if (rest === 'oauth') return { endpoint: 'token', version, order: '' };
  if (rest === 'orders') return { endpoint: 'orders', version, order: '' };
  if (rest === 'sync/statuses') return { endpoint: 'statuses', version, order: '' };
  const [, order, status] = /^orders\/([^/]+)(\/status)?$/.exec(rest) ?? [];
  if (order === undefined) return { endpoint: 'unknown', version, order: '' };
  return { endpoint: status === undefined ? 'order' : 'orderStatus', version, order: decodeURIComponent(order) };
}

function recordedAnswer(fault: ApiFault | undefined, reply: Reply): CallAnswer {
  if (fault?.kind === 'reset') return { kind: 'reset' };
  if (fault?.kind === 'answerLost' || fault?.kind === 'hang') return { kind: 'lost' };
  const status = unreadableAnswer(fault)?.status ?? reply.status;
  return { kind: 'answered', status, message: reply.message };
}

const isCallFault = (fault: ApiFault): fault is CallFault => fault.kind !== 'garbage' && fault.kind !== 'html';
