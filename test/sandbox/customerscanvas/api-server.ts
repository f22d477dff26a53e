import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApiFault, unreadableAnswer } from '../http/api-faults.ts';
import { readBody } from '../http/body.ts';
import { type CallAnswer, faultAnswer, sendAnswer } from '../http/call-answer.ts';
import type { CallFault } from '../http/call-faults.ts';
import type { FileServer } from '../http/file-server.ts';
import { bearerTokenOf, type OAuthServer } from '../oauth/oauth-server.ts';
import { wait } from '../wait.ts';
import { type CallName, type RoutedCall, routeOf } from './api-routes.ts';
import type { ArtifactStore } from './artifact-store.ts';
import type { CallKnobs } from './call-knobs.ts';
import type { ApiAnswer } from './storefront-api.ts';

/** One request at the gateway or the identity host, whatever became of it. */
export interface CallEntry {
  readonly kind: 'call';
  readonly call: CallName;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The project's id; empty for a call that is about none. */
  readonly project: string;
  /** The transition of `changeStatus`; empty for all others. */
  readonly transition: string;
  readonly token: 'valid' | 'notValid' | 'missing';
  /** Whether the platform carried it out, even if its answer was lost. */
  readonly done: boolean;
  readonly answer: CallAnswer;
}

interface AskedCall extends RoutedCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The project's id; empty for a call that is about none. */
  readonly project: string;
  readonly stopped: AbortSignal;
}

interface ApiServerDeps {
  readonly oauth: OAuthServer;
  readonly knobs: CallKnobs;
  readonly artifacts: ArtifactStore;
  readonly fileServer: FileServer;
  answerStorefront(call: RoutedCall, query: URLSearchParams): Promise<ApiAnswer>;
  answerStorage(call: RoutedCall, query: URLSearchParams): Promise<ApiAnswer>;
  record(entry: CallEntry): void;
}

export const TOKEN_PATH = '/connect/token';
const JSON_TYPE = 'application/json; charset=utf-8';

const isStorage = (call: RoutedCall) =>
  call.name === 'storageInfo' || call.name === 'artifacts' || call.name === 'artifact';

/** The gateway with both APIs and the identity host's token endpoint: who may do what, the faults, the record. */
export function createApiServer(deps: ApiServerDeps) {
  /** The answer to a caller who may not do this; undefined for one who may. */
  function refusal(request: IncomingMessage, call: RoutedCall): ApiAnswer | undefined {
    if (call.scopes === 'public') return undefined;
    const token = bearerTokenOf(request);
    const { oauth } = deps;
    if (!oauth.isValid(token)) return { status: 401 };
    const scopes = oauth.scopesOf(token);
    if (call.scopes === 'anyToken' || call.scopes.some((scope) => scopes.includes(scope))) return undefined;
    return { status: 403 };
  }

  function judge(call: RoutedCall, query: URLSearchParams): ApiAnswer | Promise<ApiAnswer> {
    if (call.name === 'unknown') return { status: 404 };
    return isStorage(call) ? deps.answerStorage(call, query) : deps.answerStorefront(call, query);
  }

  async function sendArtifact(response: ServerResponse, request: IncomingMessage, call: AskedCall): Promise<void> {
    const artifact = await deps.artifacts.find(call.id);
    if (artifact === undefined) {
      response.writeHead(404).end();
      return;
    }
    if (call.query.get('attachment') === 'true') {
      const name = encodeURIComponent(artifact.fileName);
      response.setHeader('content-disposition', `attachment; filename="${name}"; filename*=UTF-8''${name}`);
    }
    await deps.fileServer.serve(request, response, artifact.path, call.stopped);
  }

  function callOf(request: IncomingMessage, stopped: AbortSignal): AskedCall {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://sandbox');
    const method = request.method ?? '';
    const routed: RoutedCall =
      path === TOKEN_PATH && method === 'POST'
        ? { name: 'token', scopes: 'public', id: '', transition: '' }
        : routeOf(method, path);
    return { ...routed, method, path, query, project: path.includes('/projects/') ? routed.id : '', stopped };
  }

  async function answer(request: IncomingMessage, response: ServerResponse, stopped: AbortSignal): Promise<void> {
    const call = callOf(request, stopped);
    const subject = { call: call.name, project: call.project, method: call.method };
    // A delay comes on top of whatever else happens; of the others only one can happen.
    const delays = deps.knobs.strikeAll(subject, (fault) => fault.kind === 'delay').filter(isCallFault);
    const fault = deps.knobs.strikeFirst(subject, (candidate) => candidate.kind !== 'delay');
    const presented = bearerTokenOf(request);
    const record = (done: boolean, outcome: CallAnswer) =>
      deps.record({
        kind: 'call',
        ...subject,
        path: call.path,
        query: Object.fromEntries(call.query),
        transition: call.transition,
        token: presented === undefined ? 'missing' : deps.oauth.isValid(presented) ? 'valid' : 'notValid',
        done,
        answer: outcome,
      });

    if (fault === undefined && call.name === 'token') {
      await waitAll(delays, response, stopped);
      await deps.oauth.answerToken(request, response);
      record(response.statusCode === 200, answered(response.statusCode));
      return;
    }
    await readBody(request);
    const refused = refusal(request, call);
    if (fault === undefined && refused === undefined && call.name === 'artifactFile') {
      // Recorded before the bytes, which may take long; what became of them is the file entry's matter.
      record(true, answered(200));
      await waitAll(delays, response, stopped);
      await sendArtifact(response, request, call);
      return;
    }
    const planned = refused ?? (isCarriedOut(fault) ? await judge(call, call.query) : NOT_DONE);
    const stated = fault?.kind === 'status' ? faultAnswer(fault) : { message: '', status: planned.status };
    const unreadable = unreadableAnswer(fault);
    const { status } = unreadable ?? stated;
    record(isCarriedOut(fault) && planned.status < 400, recordedAnswer(fault, status));
    const json = planned.body === undefined ? '' : JSON.stringify(planned.body);
    await sendAnswer(
      response,
      { ...stated, body: fault?.kind === 'status' ? stated.message : json, contentType: JSON_TYPE, ...unreadable },
      fault !== undefined && isCallFault(fault) ? [...delays, fault] : delays,
      stopped,
    );
  }

  return { answer };
}

/** Stands in for the answer that a fault kept from being made. */
const NOT_DONE: ApiAnswer = { status: 500 };

const answered = (status: number): CallAnswer => ({ kind: 'answered', status, message: '' });

/** A lost answer or one that ends early comes after the deed; the other faults stand in its way. */
function isCarriedOut(fault: ApiFault | undefined): boolean {
  return fault === undefined || fault.kind === 'answerLost' || fault.kind === 'hang' || fault.kind === 'garbage';
}

function recordedAnswer(fault: ApiFault | undefined, status: number): CallAnswer {
  if (fault?.kind === 'reset') return { kind: 'reset' };
  if (fault?.kind === 'answerLost' || fault?.kind === 'hang') return { kind: 'lost' };
  return answered(status);
}

/** The part of a fault that the shared sender of answers understands. */
function isCallFault(fault: ApiFault): fault is CallFault {
  return fault.kind !== 'html' && fault.kind !== 'garbage';
}

async function waitAll(delays: readonly CallFault[], response: ServerResponse, stopped: AbortSignal): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const over = AbortSignal.any([gone.signal, stopped]);
  for (const delay of delays) if (delay.kind === 'delay') await wait(delay.delayMs, over);
}
