import type { z } from 'zod';
import type { PlatformView } from '../../contract/connections.ts';
import type { SignalKind } from '../../contract/values.ts';
import type { IncomingOrder } from '../domain/incoming-order.ts';
import type { WorkFailure } from '../work/failure.ts';

/** What became of an order document. Its key is judged by who asked for it to be read, before its content counts. */
export type ReadDocument =
  /** Not a document at all: one line that says why, for a 400 (or 415 when it is neither JSON nor XML). */
  | { readonly kind: 'unreadable'; readonly status: 400 | 415; readonly message: string }
  | {
      readonly kind: 'read';
      /** The key that the document carries; null when there is none. */
      readonly key: string | null;
      readonly content:
        | { readonly kind: 'order'; readonly order: IncomingOrder }
        | { readonly kind: 'invalid'; readonly message: string };
    };

/** A signal as the outbox keeps it. */
export interface SignalToSend {
  readonly kind: SignalKind;
  readonly orderExternalId: string;
  readonly itemExternalId: string;
  readonly payload: Readonly<Record<string, string | number>>;
  /** When it happened on the floor, which may be long before it is sent. */
  readonly happenedAtMs: number;
}

/** What the platform made of it. A signal may be sent twice, so a lost answer is just a failure to try again. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly httpStatus: number; readonly excerpt: string | null }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** A connection as its platform sees it: settings that were checked by the platform's own schema. */
export interface PlatformConnection<Settings> {
  readonly id: string;
  readonly settings: Settings;
}

export interface SendDeps {
  /** The secret of this name; null when there is none. */
  secret(name: string): string | null;
  nowMs(): number;
  readonly abort: AbortSignal;
}

/** One line of a connection test. */
export interface TestStep {
  readonly step: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What a platform can do for a station. One object a platform; nothing else in core knows a platform by name. */
export interface Platform<Settings = unknown> {
  readonly id: string;
  readonly name: string;
  readonly settingsSchema: z.ZodType<Settings>;
  readonly secretNames: readonly string[];
  readonly fields: PlatformView['fields'];
  readonly cancelCauses: PlatformView['cancelCauses'];
  /** Requests to the platform at most. */
  readonly defaultBudget: { readonly requests: number; readonly perSeconds: number };
  /** The secret that an order document must carry. */
  readonly documentKeyName: string;
  /** Reads an order document. The settings say, for one, in which time zone its dates are. */
  readDocument(body: Buffer, contentType: string, settings: Settings): ReadDocument;
  /** The signals that this connection sends; a kind that a setting turns off is absent. */
  signals(settings: Settings): readonly SignalKind[];
  /** The platform's own name of a signal, such as `ItemShipped`. */
  signalName(kind: SignalKind): string;
  /** Must be delivered; the others may fail without holding anything back. */
  isMandatory(kind: SignalKind): boolean;
  /** How long after its cause a signal must be there; null when the platform names no limit. */
  deadlineMs(kind: SignalKind): number | null;
  send(connection: PlatformConnection<Settings>, signal: SignalToSend, deps: SendDeps): Promise<SendOutcome>;
  /** Tries the way to the platform without changing anything there. */
  test(connection: PlatformConnection<Settings>, deps: SendDeps): Promise<readonly TestStep[]>;
}
