import type { OAuthClient } from '../oauth/oauth-client.ts';
import type { TestStep } from '../platform.ts';
import { accountOf, ask, type PrintApiWay, type Question } from './api.ts';
import { changesQuestion, pageQuestion } from './questions.ts';
import { apiBase } from './settings.ts';

const reachStep = async (way: PrintApiWay): Promise<TestStep> => {
  const step = 'Address';
  const url = apiBase(way.settings);
  const result = await way.call({ method: 'HEAD', url });
  if (result.kind === 'noAnswer') return { step, ok: false, detail: result.failure.message };
  return { step, ok: true, detail: `${new URL(url).host} was reached (it answered ${result.answer.status})` };
};

interface ScopeTrial<Value> {
  readonly question: Question<Value>;
  /** What the answer is for. */
  readonly use: string;
  /** How the station does without it where the platform has no such thing; null when it cannot. */
  readonly instead: string | null;
}

const scopeStep = async <Value>(
  way: PrintApiWay,
  oauth: OAuthClient,
  granted: readonly string[] | null,
  { question, use, instead }: ScopeTrial<Value>,
): Promise<TestStep> => {
  const { scope } = question;
  const step = `Scope ${scope}`;
  const reply = await ask(way, oauth, question);
  if (reply.kind === 'answered') return { step, ok: true, detail: `${use} can be asked for` };
  if (reply.kind === 'missing' && instead !== null) return { step, ok: true, detail: instead };
  const missing = granted !== null && !granted.includes(scope);
  const advice = missing
    ? `; Print API has not granted it to this client, which has ${granted.join(', ') || 'none'}`
    : '';
  return { step, ok: false, detail: `${use} cannot be asked for: ${reply.failure.message}${advice}` };
};

/** Tries the way step by step: the address, the client id and secret, and what they are allowed. Changes nothing there. */
export const testConnection = async (way: PrintApiWay, oauth: OAuthClient): Promise<readonly TestStep[]> => {
  const reached = await reachStep(way);
  if (!reached.ok) return [reached];
  const answer = await oauth.freshToken(way, accountOf(way));
  const step = 'Access token';
  if (answer.kind === 'failed') return [reached, { step, ok: false, detail: answer.failure.message }];
  const { lifetimeSeconds, scopes: granted } = answer.token;
  const { timeZone } = way.settings;
  return [
    reached,
    {
      step,
      ok: true,
      detail: `client id and secret are right; the token is good for ${Math.round(lifetimeSeconds / 60)} min`,
    },
    await scopeStep(way, oauth, granted, {
      question: changesQuestion(way.nowMs(), way.nowMs(), timeZone),
      use: 'the status of orders',
      instead: 'there are no status updates at this address: the list of orders is asked for them',
    }),
    await scopeStep(way, oauth, granted, {
      question: pageQuestion(0, 1),
      use: 'the list of orders',
      instead: null,
    }),
  ];
};
