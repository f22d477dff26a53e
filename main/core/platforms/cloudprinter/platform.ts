import type { SignalKind } from '../../../contract/values.ts';
import { failure } from '../../work/failure.ts';
import type { Platform } from '../platform.ts';
import { postSignal } from './api.ts';
import { cancelCauses } from './cancel-causes.ts';
import { createConnectionAgents } from './connection-agents.ts';
import { testConnection } from './connection-test.ts';
import { readOrderDocument } from './read-document.ts';
import { type CloudprinterSettings, settingsFields, settingsSchema } from './settings.ts';
import { signalBody, signalNames } from './signal-body.ts';

/** ItemRegistered is due 15 minutes after the order reached the endpoint (Cloudprinter, how to integrate). */
const registeredDeadlineMs = 15 * 60_000;

/** Must be implemented (Cloudprinter, how to integrate); the others are wished for. */
const mandatory: ReadonlySet<SignalKind> = new Set(['registered', 'shipped', 'error', 'cancel']);

const agents = createConnectionAgents();

/** Cloudprinter's side for production sites: orders are pushed to the intake, signals go out for each item. */
export const cloudprinter: Platform<CloudprinterSettings> = {
  id: 'cloudprinter',
  name: 'Cloudprinter.com',
  settingsSchema,
  secretNames: ['orderKey', 'signalKey'],
  fields: settingsFields,
  cancelCauses: [...cancelCauses],
  // Cloudprinter publishes no limit for signals; this is our own: fast enough for a backlog, and no flood.
  defaultBudget: { requests: 300, perSeconds: 60 },
  documentKeyName: 'orderKey',

  readDocument(body, contentType, settings) {
    return readOrderDocument(body, contentType, settings.timeZone);
  },

  signals(settings) {
    const wanted: Readonly<Record<SignalKind, boolean>> = {
      registered: true,
      started: settings.sendStarted,
      produced: settings.sendProduced,
      packed: settings.sendPacked,
      shipped: true,
      error: true,
      cancel: true,
    };
    return (['registered', 'started', 'produced', 'packed', 'shipped', 'error', 'cancel'] as const).filter(
      (kind) => wanted[kind],
    );
  },

  signalName: (kind) => signalNames[kind],
  isMandatory: (kind) => mandatory.has(kind),
  deadlineMs: (kind) => (kind === 'registered' ? registeredDeadlineMs : null),

  async send({ settings }, signal, deps) {
    const signalKey = deps.secret('signalKey');
    if (signalKey === null) {
      return { kind: 'failed', failure: failure('refused', 'the signal key of this connection is missing') };
    }
    const body = signalBody(signal, signalKey, settings);
    if (body.kind === 'incomplete') return { kind: 'failed', failure: failure('rejected', body.message) };
    const secrets = [signalKey, deps.secret('orderKey') ?? ''];
    return postSignal(settings.signalUrl, body.json, { agents, secrets, nowMs: () => deps.nowMs(), abort: deps.abort });
  },

  test: ({ settings }, deps) =>
    testConnection(
      { signalUrl: settings.signalUrl, orderKey: deps.secret('orderKey'), signalKey: deps.secret('signalKey') },
      { agents, abort: deps.abort },
    ),
};
