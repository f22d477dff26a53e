import { z } from 'zod';
import { saying, stationLine } from '../../../contract/station-lines/station-lines.ts';
import { classOfStatus, failure, type WorkFailure } from '../../work/failure.ts';
import { answerFailure, type PlatformAnswer } from '../http/platform-call.ts';
import { parseJson } from '../parse-json.ts';

/** An access token. Its text is a secret: it belongs in no message, excerpt or log. */
export interface AccessToken {
  readonly text: string;
  /** What it may do; null when the platform does not say. */
  readonly scopes: readonly string[] | null;
  readonly lifetimeSeconds: number;
}

export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: AccessToken }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** Where a platform does not say how long its token is good for (RFC 6749, 5.1 leaves that to its documentation). */
const unknownLifetimeSeconds = 300;

/** Web servers take this much in a header, and refuse whoever sends more. */
const longestTokenCharacters = 8_000;

const tokenSchema = z.object({
  // What can stand in a header: anything else would be no token, and could not be sent.
  access_token: z
    .string()
    .max(longestTokenCharacters)
    .regex(/^[\x21-\x7e]+$/),
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .default('bearer'),
  expires_in: z.coerce.number().positive().catch(unknownLifetimeSeconds),
  scope: z.string().nullish().catch(null),
});

const wordsOf = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

const refusal = (answer: PlatformAnswer, host: string): WorkFailure => {
  const { status, message } = answer;
  if ((status >= 300 && status < 400) || status === 404 || status === 405 || status === 410) {
    return answerFailure(answer, stationLine('noTokenHere', { host, status }), 'refused');
  }
  const meant = classOfStatus(status);
  if (meant === 'refused' || meant === 'rejected') {
    return answerFailure(answer, saying('clientRefused', { host, status }, message), 'refused');
  }
  return answerFailure(answer, saying('noToken', { host, status }, message));
};

/** Reads the answer to a token request (RFC 6749, 5.1 and 5.2). `host` is where it came from. */
export const readTokenAnswer = (answer: PlatformAnswer, host: string): TokenAnswer => {
  if (answer.status < 200 || answer.status >= 300) return { kind: 'failed', failure: refusal(answer, host) };
  const read = tokenSchema.safeParse(parseJson(answer.text));
  if (!read.success) {
    // Without the excerpt that other failures carry: a token may stand in it.
    const message = stationLine('noTokenButOther', { host });
    return { kind: 'failed', failure: failure('serverError', message, { httpStatus: answer.status }) };
  }
  const { access_token: text, expires_in: lifetimeSeconds, scope } = read.data;
  const scopes = scope === null || scope === undefined ? null : wordsOf(scope);
  return { kind: 'token', token: { text, scopes, lifetimeSeconds } };
};
