import { OAuthClient } from '../oauth/oauth-client.ts';
import type { CheckOutcome, KnownJob, Platform } from '../platform.ts';
import { ask, type PrintApiWay } from './api.ts';
import { testConnection } from './connection-test.ts';
import { orderSighting } from './map.ts';
import { orderQuestion } from './questions.ts';
import { type PrintApiSettings, settingsFields, settingsSchema } from './settings.ts';
import { sweep } from './sweep.ts';
import { readWebhook } from './webhook.ts';

const minuteMs = 60_000;

/** After about 2 min, 5 min, and then hourly up to 7 times (official documentation of version 1). */
const webhooksRetriedForMs = (2 + 5 + 7 * 60) * minuteMs;

const gone: CheckOutcome = { kind: 'seen', sightings: [] };

const check = async (way: PrintApiWay, oauth: OAuthClient, job: KnownJob): Promise<CheckOutcome> => {
  const question = orderQuestion(job.externalId);
  if (question === null) return gone;
  const reply = await ask(way, oauth, question);
  if (reply.kind === 'missing') return gone;
  if (reply.kind !== 'answered') return { kind: 'failed', failure: reply.failure };
  const { timeZone } = way.settings;
  const context = { timeZone, nowMs: way.nowMs(), knownSinceMs: job.knownSinceMs };
  return { kind: 'seen', sightings: [orderSighting(reply.value, reply.text, context)] };
};

/** Print API prints and ships what a shop outsources: its orders are followed here, and none is made or changed. */
export const createPrintApi = (): Platform<PrintApiSettings> => {
  const oauth = new OAuthClient();
  return {
    id: 'printapi',
    name: 'Print API',
    settingsSchema,
    secretNames: ['clientSecret'],
    fields: settingsFields,
    cancelCauses: [],
    // Print API publishes no limit; this is our own: two requests a second, a token's among them.
    defaultBudget: { requests: 120, perSeconds: 60, concurrency: 4 },
    test: (way) => testConnection(way, oauth),

    jobs: {
      lane: 'outsourced',
      // Print API names no least interval; webhooks of one order come in pairs, and one question answers both.
      leastCheckEveryMs: minuteMs / 2,
      callbacksRetriedForMs: webhooksRetriedForMs,
      sweep: (way, question) => sweep(way, oauth, question),
      check: (way, job) => check(way, oauth, job),
      readWebhook,
    },
  };
};
