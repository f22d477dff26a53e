import { createHash } from 'node:crypto';
import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import { failure, type WorkFailure } from '../../work/failure.ts';
import type { CallResult, PlatformRequest } from '../http/platform-call.ts';
import type { Authorization, PlatformWay } from '../platform.ts';
import { type AccessToken, readTokenAnswer, type TokenAnswer } from './token-answer.ts';

/** Who asks for tokens, where, and where a token may go. */
export interface OAuthAccount {
  readonly tokenUrl: string;
  readonly clientId: string;
  /** Null when it is missing: nothing is asked for then. */
  readonly clientSecret: string | null;
  /** The token is sent there and nowhere else, such as `https://live.printapi.nl`. */
  readonly apiOrigin: string;
}

type Way = Pick<PlatformWay, 'connectionId' | 'call' | 'nowMs' | 'abort'>;

/** A token is asked for anew this long before it expires, so that none expires on the way. */
const spareMs = 60_000;

interface HeldToken {
  readonly token: AccessToken;
  readonly goodUntilMs: number;
}

/** What is held for one account of a connection. */
interface Holding {
  readonly account: string;
  held: HeldToken | null;
  /** The request under way, which all who need a token wait for. */
  asking: Promise<TokenAnswer | null> | null;
}

/** Tells accounts apart without keeping the secret. */
const fingerprint = ({ tokenUrl, clientId, clientSecret }: OAuthAccount): string =>
  createHash('sha256')
    .update(JSON.stringify([tokenUrl, clientId, clientSecret]))
    .digest('hex');

const mayGoTo = (url: string, account: OAuthAccount): boolean =>
  URL.canParse(url) && new URL(url).origin === account.apiOrigin;

const bearer = (token: AccessToken): Readonly<Record<string, string>> => ({ authorization: `Bearer ${token.text}` });

/**
 * OAuth 2 client credentials (RFC 6749, 4.4) for the connections of one platform. A token is kept in memory and used
 * until shortly before it expires; whoever needs one while it is being asked for waits for the same answer.
 */
export class OAuthClient {
  readonly #holdings = new Map<string, Holding>();

  /** The request with a token, once; with a new token once more when the platform answers 401, and never for a 403. */
  async call(way: Way, account: OAuthAccount, request: PlatformRequest): Promise<CallResult> {
    const first = await this.#callOnce(way, account, request);
    if (first.used === null || first.result.kind === 'noAnswer' || first.result.answer.status !== 401) {
      return first.result;
    }
    this.#forget(way, account, first.used);
    return (await this.#callOnce(way, account, request)).result;
  }

  /** A token to use now. */
  async token(way: Way, account: OAuthAccount): Promise<TokenAnswer> {
    const { held } = this.#holdingOf(way, account);
    if (held !== null && way.nowMs() < held.goodUntilMs) return { kind: 'token', token: held.token };
    return this.freshToken(way, account);
  }

  /** A token that is asked for now, whatever is held: proves client id and secret. */
  async freshToken(way: Way, account: OAuthAccount): Promise<TokenAnswer> {
    for (;;) {
      const answer = await this.#ask(this.#holdingOf(way, account), way, account);
      if (answer !== null) return answer;
      // Whoever asked was stopped, which is no reason for others to go without.
      if (way.abort.aborted) return { kind: 'failed', failure: failure('network', stationLine('stoppedBeforeToken')) };
    }
  }

  /** The headers for a request that something else sends, such as the transfer of a file; `fresh`: the last were refused. */
  async authorize(way: Way, account: OAuthAccount, url: string, fresh: boolean): Promise<Authorization> {
    if (!mayGoTo(url, account)) return { kind: 'failed', failure: wrongPlace(url, account) };
    const answer = fresh ? await this.freshToken(way, account) : await this.token(way, account);
    return answer.kind === 'failed' ? answer : { kind: 'headers', headers: bearer(answer.token) };
  }

  async #callOnce(
    way: Way,
    account: OAuthAccount,
    request: PlatformRequest,
  ): Promise<{ readonly result: CallResult; readonly used: AccessToken | null }> {
    if (!mayGoTo(request.url, account)) return { result: unsent(wrongPlace(request.url, account)), used: null };
    const answer = await this.token(way, account);
    if (answer.kind === 'failed') return { result: unsent(answer.failure), used: null };
    const { token } = answer;
    const result = await way.call({
      ...request,
      headers: { ...request.headers, ...bearer(token) },
      secrets: [...(request.secrets ?? []), token.text],
    });
    return { result, used: token };
  }

  /** One request, however many wait for it. Null when who sent it was stopped before the answer came. */
  async #ask(holding: Holding, way: Way, account: OAuthAccount): Promise<TokenAnswer | null> {
    if (holding.asking !== null) return holding.asking;
    holding.asking = this.#request(holding, way, account);
    try {
      return await holding.asking;
    } finally {
      holding.asking = null;
    }
  }

  async #request(holding: Holding, way: Way, account: OAuthAccount): Promise<TokenAnswer | null> {
    const { tokenUrl, clientId, clientSecret } = account;
    if (clientSecret === null) {
      return { kind: 'failed', failure: failure('refused', stationLine('clientSecretMissing')) };
    }
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const askedAtMs = way.nowMs();
    const result = await way.call({
      method: 'POST',
      url: tokenUrl,
      headers: { accept: 'application/json' },
      body: { contentType: 'application/x-www-form-urlencoded', text: new URLSearchParams(form).toString() },
      secrets: [clientSecret],
    });
    if (result.kind === 'noAnswer') return way.abort.aborted ? null : { kind: 'failed', failure: result.failure };
    const answer = readTokenAnswer(result.answer, new URL(tokenUrl).host);
    if (answer.kind === 'token') {
      const lifetimeMs = answer.token.lifetimeSeconds * 1000;
      const goodUntilMs = askedAtMs + lifetimeMs - Math.min(spareMs, lifetimeMs / 2);
      holding.held = { token: answer.token, goodUntilMs };
    }
    return answer;
  }

  #holdingOf(way: Way, account: OAuthAccount): Holding {
    const known = this.#holdings.get(way.connectionId);
    const print = fingerprint(account);
    if (known?.account === print) return known;
    const fresh: Holding = { account: print, held: null, asking: null };
    this.#holdings.set(way.connectionId, fresh);
    return fresh;
  }

  /** Unless another caller has brought a newer one meanwhile. */
  #forget(way: Way, account: OAuthAccount, used: AccessToken): void {
    const holding = this.#holdingOf(way, account);
    if (holding.held?.token === used) holding.held = null;
  }
}

const unsent = (why: WorkFailure): CallResult => ({ kind: 'noAnswer', failure: why, mayHaveArrived: false });

const wrongPlace = (url: string, account: OAuthAccount): WorkFailure => {
  const place = URL.canParse(url) ? new URL(url).origin : 'an address that cannot be read';
  return failure('rejected', stationLine('tokenElsewhere', { origin: account.apiOrigin, place }));
};
