import { z } from 'zod';
import { commandKinds, type OutboxKind, signalKinds } from '../../main/contract/values.ts';
import type {
  JobFollowing,
  LookUpOutcome,
  Outgoing,
  OutgoingMessage,
  Platform,
  PlatformWay,
  SendOutcome,
} from '../../main/core/platforms/platform.ts';
import { failure } from '../../main/core/work/failure.ts';
import type { RateLimit } from '../../main/core/work/rate-budget.ts';

/** What a fake platform does with one signal or command; it may answer later. */
export type SendScript = (message: OutgoingMessage, way: PlatformWay) => SendOutcome | Promise<SendOutcome>;

/** What it says when it is asked what became of a command. */
export type LookUpScript = (message: OutgoingMessage, way: PlatformWay) => LookUpOutcome | Promise<LookUpOutcome>;

export interface FakePlatform extends Platform {
  readonly outgoing: Outgoing<unknown>;
  /** Everything that was sent, in the order it arrived. */
  readonly sent: OutgoingMessage[];
  /** Every command that it was asked about, in the order of asking. */
  readonly lookedUp: OutgoingMessage[];
  /** From now on signals and commands are answered so. */
  answer(script: SendScript): void;
  /** From now on look-ups are answered so. */
  answerLookUps(script: LookUpScript): void;
}

export interface FakePlatformOptions {
  readonly script?: SendScript;
  /** What it takes; default: all signals, no command. */
  readonly kinds?: readonly OutboxKind[];
  readonly budget?: Partial<RateLimit>;
  /** How it is asked what became of a command; without it, it cannot be. */
  readonly lookUp?: LookUpScript;
  /** Requests that one sending takes, each of which wants a place in the budget; default 1. A token is one more. */
  readonly requestsPerSending?: number;
  readonly jobs?: JobFollowing<unknown>;
}

export const accepted: SendOutcome = { kind: 'accepted', httpStatus: 200, excerpt: null };

export const networkGone: SendOutcome = { kind: 'failed', failure: failure('network', 'getaddrinfo ENOTFOUND') };

const names: Readonly<Record<OutboxKind, string>> = {
  registered: 'ItemRegistered',
  started: 'ItemProduce',
  produced: 'ItemProduced',
  packed: 'ItemPacked',
  shipped: 'ItemShipped',
  error: 'ItemError',
  cancel: 'ItemCanceled',
  produce: 'Produce',
  renderAgain: 'RenderAgain',
  resume: 'Resume',
  restart: 'Restart',
  tagDone: 'TagDone',
};

const optionalKinds: ReadonlySet<OutboxKind> = new Set(['started', 'produced', 'packed']);
const oneTimeKinds: ReadonlySet<OutboxKind> = new Set(commandKinds.filter((kind) => kind !== 'tagDone'));

/** A request that goes nowhere: the ways of these tests end in `fake-ways.ts`. */
const request = { method: 'POST', url: 'http://platform.invalid/' } as const;

/**
 * A platform that speaks to nobody and answers by a script. Its signals are named and timed as Cloudprinter's are; its
 * commands may not be sent twice, but for the tag.
 */
export const createFakePlatform = (options: FakePlatformOptions = {}): FakePlatform => {
  let script: SendScript = options.script ?? (() => accepted);
  let lookUpScript = options.lookUp;
  const sent: OutgoingMessage[] = [];
  const lookedUp: OutgoingMessage[] = [];
  const kinds = options.kinds ?? signalKinds;
  return {
    id: 'fake',
    name: 'Fake',
    settingsSchema: z.object({ color: z.string().optional(), count: z.number().optional() }),
    secretNames: ['orderKey', 'signalKey'],
    fields: [],
    cancelCauses: [{ code: 'customer', text: 'The customer asked for it' }],
    defaultBudget: { requests: 1_000_000, perSeconds: 1, concurrency: 1_000, ...options.budget },
    test: async () => [],
    documents: {
      keyName: 'orderKey',
      read: () => ({ kind: 'unreadable', status: 400, message: 'the fake platform reads nothing' }),
    },
    outgoing: {
      allKinds: kinds,
      kinds: () => kinds,
      nameOf: (kind) => names[kind],
      isMandatory: (kind) => !optionalKinds.has(kind),
      deadlineMs: (kind) => (kind === 'registered' ? 15 * 60_000 : null),
      isRepeatable: (kind) => !oneTimeKinds.has(kind),
      send: async (way, message) => {
        for (let number = 0; number < (options.requestsPerSending ?? 1); number += 1) {
          const result = await way.call(request);
          if (result.kind === 'noAnswer') return { kind: 'failed', failure: result.failure };
        }
        sent.push(message);
        return script(message, way);
      },
      ...(options.lookUp === undefined
        ? {}
        : {
            lookUp: async (way, message): Promise<LookUpOutcome> => {
              const result = await way.call(request);
              if (result.kind === 'noAnswer') return { kind: 'failed', failure: result.failure };
              lookedUp.push(message);
              return lookUpScript?.(message, way) ?? { kind: 'notFound', detail: 'not there' };
            },
          }),
    },
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    sent,
    lookedUp,
    answer: (next) => {
      script = next;
    },
    answerLookUps: (next) => {
      lookUpScript = next;
    },
  };
};
