import { z } from 'zod';
import type { SignalKind } from '../../main/contract/values.ts';
import type { Platform, SendDeps, SendOutcome, SignalToSend } from '../../main/core/platforms/platform.ts';
import { failure } from '../../main/core/work/failure.ts';

/** What a fake platform does with one signal; it may answer later. */
export type SendScript = (signal: SignalToSend, deps: SendDeps) => SendOutcome | Promise<SendOutcome>;

export interface FakePlatform extends Platform {
  /** Everything that was sent, in the order it arrived. */
  readonly sent: SignalToSend[];
  /** From now on signals are answered so. */
  answer(script: SendScript): void;
}

export interface FakePlatformOptions {
  readonly script?: SendScript;
  readonly signals?: readonly SignalKind[];
  readonly budget?: { readonly requests: number; readonly perSeconds: number };
}

export const accepted: SendOutcome = { kind: 'accepted', httpStatus: 200, excerpt: null };

export const networkGone: SendOutcome = { kind: 'failed', failure: failure('network', 'getaddrinfo ENOTFOUND') };

const names: Readonly<Record<SignalKind, string>> = {
  registered: 'ItemRegistered',
  started: 'ItemProduce',
  produced: 'ItemProduced',
  packed: 'ItemPacked',
  shipped: 'ItemShipped',
  error: 'ItemError',
  cancel: 'ItemCanceled',
};

const allKinds: readonly SignalKind[] = ['registered', 'started', 'produced', 'packed', 'shipped', 'error', 'cancel'];
const optionalKinds: readonly SignalKind[] = ['started', 'produced', 'packed'];

/** A platform that speaks to nobody and answers by a script. Its signals are named and timed as Cloudprinter's are. */
export const createFakePlatform = (options: FakePlatformOptions = {}): FakePlatform => {
  let script: SendScript = options.script ?? (() => accepted);
  const sent: SignalToSend[] = [];
  return {
    id: 'fake',
    name: 'Fake',
    settingsSchema: z.object({ color: z.string().optional(), count: z.number().optional() }),
    secretNames: ['orderKey', 'signalKey'],
    fields: [],
    cancelCauses: [{ code: 'customer', text: 'The customer asked for it' }],
    defaultBudget: options.budget ?? { requests: 1_000_000, perSeconds: 1 },
    documentKeyName: 'orderKey',
    readDocument: () => ({ kind: 'unreadable', status: 400, message: 'the fake platform reads nothing' }),
    signals: () => options.signals ?? allKinds,
    signalName: (kind) => names[kind],
    isMandatory: (kind) => !optionalKinds.includes(kind),
    deadlineMs: (kind) => (kind === 'registered' ? 15 * 60_000 : null),
    send: async (_connection, signal, deps) => {
      sent.push(signal);
      return script(signal, deps);
    },
    test: async () => [],
    sent,
    answer: (next) => {
      script = next;
    },
  };
};
