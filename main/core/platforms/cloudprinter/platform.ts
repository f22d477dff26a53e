import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import { type OutboxKind, type SignalKind, signalKind, signalKinds } from '../../../contract/values.ts';
import { failure } from '../../work/failure.ts';
import type { Platform } from '../platform.ts';
import { postSignal } from './api.ts';
import { cancelCauses } from './cancel-causes.ts';
import { testConnection } from './connection-test.ts';
import { causeOfFinding } from './finding-causes.ts';
import { readOrderDocument } from './read-document.ts';
import { type CloudprinterSettings, settingsFields, settingsSchema } from './settings.ts';
import { signalBody, signalNames } from './signal-body.ts';

/** ItemRegistered is due 15 minutes after the order reached the endpoint (Cloudprinter, how to integrate). */
const registeredDeadlineMs = 15 * 60_000;

/** Must be implemented (Cloudprinter, how to integrate); the others are wished for. */
const mandatory: ReadonlySet<OutboxKind> = new Set(['registered', 'shipped', 'error', 'cancel']);

const isWanted = (kind: SignalKind, settings: CloudprinterSettings): boolean => {
  if (kind === 'started') return settings.sendStarted;
  if (kind === 'produced') return settings.sendProduced;
  return kind !== 'packed' || settings.sendPacked;
};

/** Cloudprinter's side for production sites: orders are pushed to the intake, signals go out for each item. */
export const createCloudprinter = (): Platform<CloudprinterSettings> => ({
  id: 'cloudprinter',
  name: 'Cloudprinter.com',
  settingsSchema,
  secretNames: ['orderKey', 'signalKey'],
  fields: settingsFields,
  cancelCauses: [...cancelCauses],
  causeOfFinding,
  // Cloudprinter publishes no limit for signals; this is our own: fast enough for a backlog, and no flood.
  defaultBudget: { requests: 300, perSeconds: 60, concurrency: 16 },
  test: (way) => testConnection(way.settings.signalUrl, way),

  documents: {
    keyName: 'orderKey',
    read: (body, contentType, settings) => readOrderDocument(body, contentType, settings.timeZone),
  },

  outgoing: {
    allKinds: signalKinds,
    kinds: (settings) => signalKinds.filter((kind) => isWanted(kind, settings)),
    nameOf: (kind) => signalNames[signalKind.parse(kind)],
    isMandatory: (kind) => mandatory.has(kind),
    deadlineMs: (kind) => (kind === 'registered' ? registeredDeadlineMs : null),
    isRepeatable: () => true,
    send: async (way, message) => {
      const signalKey = way.secret('signalKey');
      if (signalKey === null) {
        return { kind: 'failed', failure: failure('refused', stationLine('signalKeyMissing')) };
      }
      const body = signalBody(message, signalKey, way.settings);
      if (body.kind === 'incomplete') return { kind: 'failed', failure: failure('rejected', body.message) };
      return postSignal(way.settings.signalUrl, body.json, way);
    },
  },
});
