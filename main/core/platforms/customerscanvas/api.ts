import type { z } from 'zod';
import { saying, stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { FailureClass, WorkFailure } from '../../work/failure.ts';
import { answerFailure, type CallResult, type PlatformAnswer, type PlatformRequest } from '../http/platform-call.ts';
import type { OAuthAccount, OAuthClient } from '../oauth/oauth-client.ts';
import type { Authorization, PlatformWay } from '../platform.ts';
import { readJson, wire } from './schema.ts';
import type { CustomersCanvasSettings } from './settings.ts';

export type CanvasWay = PlatformWay<CustomersCanvasSettings>;

/** What became of a question. 404 and 409 are answers of which each caller makes its own. */
export type Asked<Value> =
  | { readonly kind: 'answer'; readonly value: Value }
  | { readonly kind: 'notFound' | 'conflict'; readonly failure: WorkFailure; readonly answer: PlatformAnswer }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** What a scope is needed for, so that a 403 can name the one that is missing. */
export type Scope = 'Projects_read' | 'Projects_full' | 'Artifacts_read' | 'Tenants_read';

const megabyte = 1_048_576;
const longestListBytes = 32 * megabyte;

const storefront = '/api/storefront/v1';
const storage = '/api/storage/v1';

const accountOf = ({ settings, secret }: Pick<CanvasWay, 'settings' | 'secret'>): OAuthAccount => ({
  tokenUrl: settings.tokenUrl,
  clientId: settings.clientId,
  clientSecret: secret('clientSecret'),
  apiOrigin: new URL(settings.apiUrl).origin,
});

/** The token request itself has no place for a scope yet: it is added on its way out. */
const askingForScope = (way: CanvasWay): Pick<CanvasWay, 'connectionId' | 'call' | 'nowMs' | 'abort'> => {
  const { scope, tokenUrl } = way.settings;
  if (scope === '') return way;
  return {
    connectionId: way.connectionId,
    abort: way.abort,
    nowMs: () => way.nowMs(),
    call: (request) => {
      const { body } = request;
      if (request.url !== tokenUrl || body === undefined) return way.call(request);
      return way.call({
        ...request,
        body: { ...body, text: `${body.text}&${new URLSearchParams({ scope }).toString()}` },
      });
    },
  };
};

/** A redirect for good is a wrong address; one for now means that something stands in between for a while. */
const classOf = (status: number): FailureClass | undefined => {
  if (status === 301 || status === 308 || status === 405) return 'refused';
  return status < 400 ? 'serverError' : undefined;
};

const sentence = (answer: PlatformAnswer, host: string, scope: Scope | null): string => {
  const { status, message } = answer;
  if (status === 401) return saying('accessTokenRefused', { host, status }, message);
  if (status === 403 && scope !== null) {
    return saying('appScopeMissing', { host, status, scope }, message);
  }
  if (status >= 300 && status < 400) return stationLine('redirectsCheckUrl', { host, status });
  return saying('answered', { host, status }, message);
};

/** The answer as a failure, in words. */
export const refusal = (answer: PlatformAnswer, url: string, scope: Scope | null): WorkFailure =>
  answerFailure(answer, sentence(answer, new URL(url).host, scope), classOf(answer.status));

const query = (parameters: Readonly<Record<string, string | number | null>>): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, String(value)] satisfies [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
};

export interface ProjectsQuestion {
  readonly orderId?: string;
  readonly datePeriod?: string;
  readonly skip?: number;
  readonly take?: number;
}

/** The calls of the Storefront and Asset Storage APIs that the station needs, each once, with the client's token. */
export class CanvasApi {
  readonly #oauth: OAuthClient;

  constructor(oauth: OAuthClient) {
    this.#oauth = oauth;
  }

  /** Sent as it is, for who makes their own of the answer. */
  call(way: CanvasWay, request: PlatformRequest): Promise<CallResult> {
    return this.#oauth.call(askingForScope(way), accountOf(way), request);
  }

  freshToken(way: CanvasWay) {
    return this.#oauth.freshToken(askingForScope(way), accountOf(way));
  }

  authorize(way: CanvasWay, url: string, fresh: boolean): Promise<Authorization> {
    return this.#oauth.authorize(askingForScope(way), accountOf(way), url, fresh);
  }

  projects(way: CanvasWay, question: ProjectsQuestion) {
    const { storefrontId, sorting } = way.settings;
    const parameters = query({ storefrontId, sorting, ...question });
    return this.#getList(way, `${storefront}/projects${parameters}`, wire.projects);
  }

  project(way: CanvasWay, id: string) {
    return this.#get(way, `${storefront}/projects/${encodeURIComponent(id)}`, wire.project, 'Projects_read');
  }

  /** Of the whole project, or of one item. */
  results(way: CanvasWay, id: string, itemId: string | null) {
    const path = `${storefront}/projects/${encodeURIComponent(id)}/processing-results${query({ itemId })}`;
    return this.#get(way, path, wire.results, 'Projects_read');
  }

  artifact(way: CanvasWay, id: string) {
    return this.#get(way, `${storage}/artifacts/${encodeURIComponent(id)}`, wire.artifact, 'Artifacts_read');
  }

  /** `group` is the pipeline run's id (Customer's Canvas, receiving print-ready files); empty for any. */
  artifacts(way: CanvasWay, group: string, take: number) {
    return this.#get(way, `${storage}/artifacts${query({ group, take })}`, wire.artifacts, 'Artifacts_read');
  }

  statuses(way: CanvasWay) {
    return this.#get(way, `${storefront}/projects/statuses${query({ take: 200 })}`, wire.statuses, 'Projects_read');
  }

  transitions(way: CanvasWay) {
    const path = `${storefront}/projects/transitions${query({ take: 200 })}`;
    return this.#get(way, path, wire.transitions, 'Projects_read');
  }

  storefronts(way: CanvasWay) {
    return this.#get(way, `${storefront}/storefronts${query({ take: 200 })}`, wire.storefronts, null);
  }

  tenant(way: CanvasWay) {
    return this.#get(way, `${storefront}/tenant-info`, wire.tenant, 'Tenants_read');
  }

  /** A list is always there: without one the gateway's address is wrong. */
  async #getList<Value>(way: CanvasWay, path: string, schema: z.ZodType<Value>) {
    const asked = await this.#get(way, path, schema, 'Projects_read');
    if (asked.kind !== 'notFound' && asked.kind !== 'conflict') return asked;
    const message = stationLine('checkApiUrl', { cause: asked.failure.message });
    return { kind: 'failed', failure: answerFailure(asked.answer, message, 'refused') } as const;
  }

  async #get<Value>(
    way: CanvasWay,
    path: string,
    schema: z.ZodType<Value>,
    scope: Scope | null,
  ): Promise<Asked<Value>> {
    const url = way.settings.apiUrl + path;
    const headers = { accept: 'application/json' };
    const result = await this.call(way, { method: 'GET', url, headers, longestAnswerBytes: longestListBytes });
    if (result.kind === 'noAnswer') return { kind: 'failed', failure: result.failure };
    const { answer } = result;
    if (answer.status === 404) return { kind: 'notFound', failure: refusal(answer, url, scope), answer };
    if (answer.status === 409) return { kind: 'conflict', failure: refusal(answer, url, scope), answer };
    if (answer.status !== 200) return { kind: 'failed', failure: refusal(answer, url, scope) };
    const value = answer.whole ? readJson(schema, answer.text) : undefined;
    if (value !== undefined) return { kind: 'answer', value };
    const message = stationLine('answeredUnreadable', { host: new URL(url).host });
    return { kind: 'failed', failure: answerFailure(answer, message, 'serverError') };
  }
}

export const infoUrl = ({ apiUrl }: CustomersCanvasSettings): string => `${apiUrl}${storefront}/info`;

/** Where a command about a project goes. */
export const commandUrl = ({ apiUrl }: CustomersCanvasSettings, projectId: string, command: string): string =>
  `${apiUrl}${storefront}/projects/${encodeURIComponent(projectId)}/${command}`;

/** `Artifacts_GetFile`: the file itself, with the token. */
export const artifactFileUrl = ({ apiUrl }: CustomersCanvasSettings, artifactId: string): string =>
  `${apiUrl}${storage}/artifacts/${encodeURIComponent(artifactId)}/file?attachment=true`;
