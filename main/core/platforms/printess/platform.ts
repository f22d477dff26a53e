import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import { failure } from '../../work/failure.ts';
import type { CheckOutcome, KnownJob, Platform } from '../platform.ts';
import { type PrintessWay, post } from './api.ts';
import { produce, renderAgain } from './commands.ts';
import { originChoices, testConnection } from './connection-test.ts';
import { lookUpProduced, lookUpRenderedAgain } from './look-up.ts';
import { wireStatus } from './schema.ts';
import { type PrintessSettings, settingsFields, settingsSchema } from './settings.ts';
import { readShopOrders } from './shop-orders.ts';
import { isUnknownJob, readCallback, statusSighting } from './status-sighting.ts';
import { sweep } from './sweep.ts';

/** Five times 5 minutes, 15 minutes, 1, 2, 4 and 24 hours (Printess, backend API). */
const callbacksRetriedForMs = (5 * 5 + 15 + 60 + 120 + 240 + 1440) * 60_000;

const check = async (way: PrintessWay, job: KnownJob): Promise<CheckOutcome> => {
  const result = await post(way, '/production/status/get', { jobId: job.externalId }, wireStatus);
  if (result.kind !== 'read') return { kind: 'failed', failure: result.failure };
  return { kind: 'seen', sightings: isUnknownJob(result.value) ? [] : [statusSighting(result.value, job)] };
};

/** Printess renders designs: jobs are started here or by the shop's plugins, followed, and their files fetched. */
export const createPrintess = (): Platform<PrintessSettings> => ({
  id: 'printess',
  name: 'Printess',
  settingsSchema,
  // `backendToken`: by which the shop's own backend hands orders over.
  secretNames: ['serviceToken', 'backendToken'],
  fields: settingsFields,
  cancelCauses: [],
  // Printess throttles, and publishes no number: one call in two seconds leaves its other users room.
  defaultBudget: { requests: 30, perSeconds: 60, concurrency: 2 },
  test: testConnection,
  choices: (way, field) =>
    field === 'discoverOrigins'
      ? originChoices(way)
      : Promise.resolve({ kind: 'failed', failure: failure('rejected', stationLine('noChoices', { field })) }),

  outgoing: {
    allKinds: ['produce', 'renderAgain'],
    kinds: () => ['produce', 'renderAgain'],
    nameOf: (kind) => (kind === 'renderAgain' ? '/order/retry' : '/production/produce'),
    isMandatory: () => true,
    deadlineMs: () => null,
    // A repeated call is a new job that is billed again: Printess knows no idempotency key.
    isRepeatable: () => false,
    send: (way, message) => (message.kind === 'renderAgain' ? renderAgain(way, message) : produce(way, message)),
    lookUp: (way, message) =>
      message.kind === 'renderAgain' ? lookUpRenderedAgain(way, message) : lookUpProduced(way, message),
  },

  jobs: {
    lane: 'own',
    // "Fast loops over many jobs might stall your system" (Printess, backend API).
    leastCheckEveryMs: 30_000,
    callbacksRetriedForMs,
    sweep,
    check,
    readCallback: (body) => readCallback(body),
  },

  shopOrders: { read: (body) => readShopOrders(body) },
});
