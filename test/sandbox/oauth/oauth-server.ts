import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider from 'oidc-provider';
import { z } from 'zod';
import { createForgetfulAdapter } from './forgetful-adapter.ts';
import { makeSigningKey } from './signing-key.ts';

/** Where the library itself expects token requests; a platform may offer its endpoint at any path. */
const TOKEN_PATH = '/token';

export interface OAuthServerOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What every token may do; the answer lists it. Default none, and then the answer has no `scope`. */
  readonly scopes?: readonly string[];
  /** Default 3600. */
  readonly tokenLifetimeSeconds?: number;
  /** Default `opaque`. */
  readonly tokenFormat?: 'opaque' | 'jwt';
  /** As the platform writes `token_type`. Default `Bearer`. */
  readonly tokenType?: string;
  /** `iss` of a JWT. Default `http://sandbox`. */
  readonly issuer?: string;
  /** Decides when a token has expired. Default the system's clock. */
  readonly nowMs?: () => number;
}

/**
 * OAuth 2.0 client credentials with `client_id` and `client_secret` in the form body, by a real server library.
 * A wrong client or secret is answered 401 `invalid_client`.
 */
export interface OAuthServer {
  /** Answers a token request, whatever its path: the sandbox decides which of its paths lead here. */
  answerToken(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Whether the token was given out, has not expired and was not revoked. */
  isValid(token: string | undefined): boolean;
  /** What the token may do; nothing when it is not valid. */
  scopesOf(token: string | undefined): readonly string[];
  /** How many tokens were given out so far. */
  readonly tokensGiven: number;
  /** For tokens given out from now on. */
  setTokenLifetime(seconds: number): void;
  /** For tokens given out from now on. */
  setScopes(scopes: readonly string[]): void;
  /** Makes every token given out so far invalid at once, long before its expiry. */
  revokeAll(): void;
}

interface GivenToken {
  readonly expiresAtMs: number;
  readonly scopes: readonly string[];
}

const tokenAnswerSchema = z.looseObject({ access_token: z.string(), expires_in: z.number() });

/** The token of an `Authorization: Bearer …` header. */
export function bearerTokenOf(request: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

export async function createOAuthServer(options: OAuthServerOptions): Promise<OAuthServer> {
  const nowMs = options.nowMs ?? Date.now;
  const given = new Map<string, GivenToken>();
  let tokensGiven = 0;
  let lifetimeSeconds = options.tokenLifetimeSeconds ?? 3600;
  let scopes = options.scopes ?? [];
  const lifetimeNow = () => lifetimeSeconds;

  const provider = new Provider(options.issuer ?? 'http://sandbox', {
    adapter: createForgetfulAdapter,
    jwks: { keys: [await makeSigningKey()] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clients: [
      {
        client_id: options.clientId,
        client_secret: options.clientSecret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    clientAuthMethods: ['client_secret_post'],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    routes: { token: TOKEN_PATH },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: options.tokenFormat === 'jwt',
        defaultResource: () => 'urn:sandbox',
        getResourceServerInfo: () => ({
          scope: scopes.join(' '),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    ttl: { ClientCredentials: lifetimeNow },
  });

  // The library grants only what was asked for; the platforms grant what the account may do, asked or not.
  provider.use(async (context, next) => {
    await next();
    const answer = tokenAnswerSchema.safeParse(context.body);
    if (!answer.success) return;
    tokensGiven += 1;
    given.set(answer.data.access_token, { expiresAtMs: nowMs() + answer.data.expires_in * 1000, scopes });
    context.body = {
      ...answer.data,
      token_type: options.tokenType ?? 'Bearer',
      ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    };
  });
  const handle = provider.callback();

  const find = (token: string | undefined) => {
    const found = token === undefined ? undefined : given.get(token);
    return found !== undefined && nowMs() < found.expiresAtMs ? found : undefined;
  };

  return {
    async answerToken(request, response) {
      request.url = TOKEN_PATH;
      await handle(request, response);
    },
    isValid: (token) => find(token) !== undefined,
    scopesOf: (token) => find(token)?.scopes ?? [],
    get tokensGiven() {
      return tokensGiven;
    },
    setTokenLifetime: (seconds) => {
      lifetimeSeconds = seconds;
    },
    setScopes: (wanted) => {
      scopes = wanted;
    },
    revokeAll: () => given.clear(),
  };
}
