import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { OAuthClient } from '../oauth/oauth-client.ts';
import { oneLine } from '../one-line.ts';
import type { TestStep } from '../platform.ts';
import { accountOf, ask, type PrintApiWay, type Question } from './api.ts';
import { changesQuestion, pageQuestion } from './questions.ts';
import { apiBase } from './settings.ts';

const reachStep = async (way: PrintApiWay): Promise<TestStep> => {
  const step = stationLine('stepAddress');
  const url = apiBase(way.settings);
  const result = await way.call({ method: 'HEAD', url });
  if (result.kind === 'noAnswer') return { step, ok: false, detail: result.failure.message };
  return {
    step,
    ok: true,
    detail: stationLine('reachedAnswering', { host: new URL(url).host, status: result.answer.status }),
  };
};

interface ScopeTrial<Value> {
  readonly question: Question<Value>;
  /** What is said when the answer can be had, and when not. */
  readonly can: 'statusAskable' | 'listAskable';
  readonly cannot: 'statusNotAskable' | 'listNotAskable';
  /** How the station does without it where the platform has no such thing; null when it cannot. */
  readonly instead: string | null;
}

const scopeStep = async <Value>(
  way: PrintApiWay,
  oauth: OAuthClient,
  granted: readonly string[] | null,
  { question, can, cannot, instead }: ScopeTrial<Value>,
): Promise<TestStep> => {
  const { scope } = question;
  const step = stationLine('stepScope', { scope });
  const reply = await ask(way, oauth, question);
  if (reply.kind === 'answered') return { step, ok: true, detail: stationLine(can) };
  if (reply.kind === 'missing' && instead !== null) return { step, ok: true, detail: instead };
  const missing = granted !== null && !granted.includes(scope);
  const cause = stationLine(cannot, { cause: reply.failure.message });
  const detail = missing
    ? stationLine('scopeNotGranted', { cause, scopes: oneLine(granted.join(', ')) || 'none' })
    : cause;
  return { step, ok: false, detail };
};

/** Tries the way step by step: the address, the client id and secret, and what they are allowed. Changes nothing there. */
export const testConnection = async (way: PrintApiWay, oauth: OAuthClient): Promise<readonly TestStep[]> => {
  const reached = await reachStep(way);
  if (!reached.ok) return [reached];
  const answer = await oauth.freshToken(way, accountOf(way));
  const step = stationLine('stepAccessToken');
  if (answer.kind === 'failed') return [reached, { step, ok: false, detail: answer.failure.message }];
  const { lifetimeSeconds, scopes: granted } = answer.token;
  const { timeZone } = way.settings;
  return [
    reached,
    {
      step,
      ok: true,
      detail: stationLine('clientRight', { minutes: Math.round(lifetimeSeconds / 60) }),
    },
    await scopeStep(way, oauth, granted, {
      question: changesQuestion(way.nowMs(), way.nowMs(), timeZone),
      can: 'statusAskable',
      cannot: 'statusNotAskable',
      instead: stationLine('statusFromList'),
    }),
    await scopeStep(way, oauth, granted, {
      question: pageQuestion(0, 1),
      can: 'listAskable',
      cannot: 'listNotAskable',
      instead: null,
    }),
  ];
};
