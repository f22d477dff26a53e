import type { z } from 'zod';
import type { PlatformView } from '../../contract/connections.ts';
import { type JobState, type Lane, type OutboxKind, type SignalKind, signalKind } from '../../contract/values.ts';
import type { IncomingOrder } from '../domain/incoming-order.ts';
import type { JobSighting } from '../domain/job-sighting.ts';
import type { WorkFailure } from '../work/failure.ts';
import type { RateLimit } from '../work/rate-budget.ts';
import type { CallResult, PlatformRequest } from './http/platform-call.ts';

/** A connection as its platform sees it, with the way to it. */
export interface PlatformWay<Settings = unknown> {
  readonly connectionId: string;
  /** Checked by the platform's own schema. */
  readonly settings: Settings;
  /** The secret of this name; null when there is none. */
  secret(name: string): string | null;
  nowMs(): number;
  /** As `Clock.elapsedMs()`: how much time passes between two requests, whatever the clock is set to. */
  elapsedMs(): number;
  readonly abort: AbortSignal;
  /** One request, once, when the connection's budget has room for it. Never rejects: no answer is a value. */
  call(request: PlatformRequest): Promise<CallResult>;
}

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

/** Order documents that the platform posts to the intake. */
export interface OrderDocuments<Settings> {
  /** The secret that a document must carry. */
  readonly keyName: string;
  /** The settings say, for one, in which time zone its dates are. */
  read(body: Buffer, contentType: string, settings: Settings): ReadDocument;
}

/** A row of the outbox as its platform sees it. */
export interface OutgoingMessage {
  readonly kind: OutboxKind;
  readonly orderExternalId: string;
  readonly itemExternalId: string;
  /** The job that a command is about; null for signals and for `produce`. */
  readonly job: { readonly externalId: string; readonly handle: string } | null;
  /** Of `produce`: `template`, `copies`, and what else was given, nested values as JSON text. */
  readonly payload: Readonly<Record<string, string | number>>;
  /** When it happened on the floor, or was asked for, which may be long before it is sent. */
  readonly happenedAtMs: number;
  /** Where the platform can tell that the job is ready; null where it cannot reach this station. */
  readonly callbackUrl: string | null;
}

/** What the platform made of it. */
export type SendOutcome =
  | {
      readonly kind: 'accepted';
      readonly httpStatus: number;
      readonly excerpt: string | null;
      /** The job that a command made, or what it changed of one. */
      readonly sighting?: JobSighting | undefined;
    }
  /** Surely not carried out, or harmless to send again: see `isRepeatable`. */
  | { readonly kind: 'failed'; readonly failure: WorkFailure }
  /** It may have been carried out: the answer was lost, or says neither. Only for what may not be sent twice. */
  | { readonly kind: 'maybe'; readonly failure: WorkFailure };

/** What a look-up of a `maybe` found. */
export type LookUpOutcome =
  | { readonly kind: 'found'; readonly sighting: JobSighting | null; readonly detail: string }
  /** Not there (yet): it is looked up again a few times, then a person is asked. */
  | { readonly kind: 'notFound'; readonly detail: string }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** What the outbox can send to a platform. */
export interface Outgoing<Settings> {
  /** All that it can send, whatever the settings. */
  readonly allKinds: readonly OutboxKind[];
  /** The kinds that this connection sends; one that a setting turns off is absent. */
  kinds(settings: Settings): readonly OutboxKind[];
  /** The platform's own name, such as `ItemShipped` or `/production/produce`. */
  nameOf(kind: OutboxKind): string;
  /** Must be delivered; the others may fail without holding anything back. */
  isMandatory(kind: OutboxKind): boolean;
  /** How long after its cause it must be there; null when the platform names no limit. */
  deadlineMs(kind: OutboxKind): number | null;
  /** May be sent twice without harm. What may not is never sent again by itself once an answer was lost. */
  isRepeatable(kind: OutboxKind): boolean;
  send(way: PlatformWay<Settings>, message: OutgoingMessage): Promise<SendOutcome>;
  /** Asks the platform what became of a `maybe`. */
  lookUp?(way: PlatformWay<Settings>, message: OutgoingMessage): Promise<LookUpOutcome>;
}

/** A job as the station knows it. */
export interface KnownJob {
  readonly externalId: string;
  readonly handle: string;
  readonly state: JobState;
  /** When the station first heard of it. */
  readonly knownSinceMs: number;
  readonly createdAtMs: number | null;
  readonly orderExternalId: string | null;
}

export interface SweepQuestion {
  /** `recent`: what may be new since the last sweep, with an overlap. `everything`: all of the look-back, to compare counts. */
  readonly reach: 'recent' | 'everything';
  /** What the last complete sweep left; null at the first. */
  readonly cursor: string | null;
  /** When the oldest open job was made (at most a day ago: older ones are checked by themselves); null without any. */
  readonly oldestOpenAtMs: number | null;
}

export type SweepEnd =
  /** `there`: how many jobs the platform lists in the look-back; null unless everything was asked for. */
  | { readonly kind: 'covered'; readonly cursor: string | null; readonly there: number | null }
  /** The list, and only the list, is refused to these credentials: jobs are checked one by one. */
  | { readonly kind: 'listRefused'; readonly message: string }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

export type CheckOutcome =
  /** A job whose own id is not among them is over for the station: gone, or replaced by those that are. */
  | { readonly kind: 'seen'; readonly sightings: readonly JobSighting[] }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

export type Authorization =
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** Jobs that are made at the platform, and how the station hears of them. */
export interface JobFollowing<Settings> {
  readonly lane: Lane;
  /** One job is asked for by itself at most this often. */
  readonly leastCheckEveryMs: number;
  /** For how long the platform tries to deliver a callback or webhook; null where it sends none. */
  readonly callbacksRetriedForMs: number | null;
  /** Asks the platform's list, page by page; each page is on disk before the next is asked for. */
  sweep(
    way: PlatformWay<Settings>,
    question: SweepQuestion,
  ): AsyncGenerator<readonly JobSighting[], SweepEnd, undefined>;
  check(way: PlatformWay<Settings>, job: KnownJob): Promise<CheckOutcome>;
  /** Reads the body that came to a job's own secret address; null when it is no callback. */
  readCallback?(body: Buffer, settings: Settings): JobSighting | null;
  /** Reads which job a webhook tells of: it is checked, and the webhook never believed by itself. Null when it names none. */
  readWebhook?(body: Buffer, contentType: string): string | null;
  /**
   * Credentials for a file with `needsToken`; fails for any address but the platform's own gateway. `fresh`: those that
   * were given last were refused.
   */
  authorize?(way: PlatformWay<Settings>, url: string, fresh: boolean): Promise<Authorization>;
}

/** One line of an order that the shop's own backend, the command line or a person hands over. */
export interface ShopLine {
  /** Names the line within its order: the same line handed over again is not produced again. */
  readonly externalId: string;
  /** A template's name or a save token. */
  readonly template: string;
  readonly copies: number;
  readonly title: string;
  readonly product: string;
  /** What else the platform takes, nested values as JSON text. */
  readonly extra: Readonly<Record<string, string | number>>;
}

/** An order that the shop hands over: lines to produce, or none, when the platform has to be asked for them. */
export interface ShopOrder {
  readonly externalId: string;
  readonly lines: readonly ShopLine[];
}

/** `POST /in/:connection/orders` from the shop's own backend. */
export interface ShopOrders<Settings> {
  read(
    body: Buffer,
    settings: Settings,
  ):
    | { readonly kind: 'read'; readonly orders: readonly ShopOrder[] }
    | { readonly kind: 'invalid'; readonly message: string };
}

/** One line of a connection test. */
export interface TestStep {
  readonly step: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** A value that a setting can have, as the platform offers it at run time. */
export interface SettingChoice {
  readonly value: string;
  readonly text: string;
}
export type ChoicesOutcome =
  | { readonly kind: 'choices'; readonly choices: readonly SettingChoice[]; readonly note: string | null }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

/**
 * A platform: who it is, and of the five ways to work with one those that it has. One object a platform and station;
 * nothing else in core knows a platform by name.
 */
export interface Platform<Settings = unknown> {
  readonly id: string;
  readonly name: string;
  readonly settingsSchema: z.ZodType<Settings>;
  readonly secretNames: readonly string[];
  readonly fields: PlatformView['fields'];
  /** The causes that a cancellation must give one of; empty where it is only written down here. */
  readonly cancelCauses: PlatformView['cancelCauses'];
  /** Which of them fits a finding of the preflight in a file with this role; null for none. */
  causeOfFinding?(finding: string, role: string): string | null;
  /** Requests to the platform at most, by everything that talks to it. */
  readonly defaultBudget: RateLimit;
  /** Tries the way to the platform without changing anything there. */
  test(way: PlatformWay<Settings>): Promise<readonly TestStep[]>;
  /** The choices for a field with `offersChoices`. */
  choices?(way: PlatformWay<Settings>, field: string): Promise<ChoicesOutcome>;

  readonly documents?: OrderDocuments<Settings>;
  readonly outgoing?: Outgoing<Settings>;
  readonly jobs?: JobFollowing<Settings>;
  readonly shopOrders?: ShopOrders<Settings>;
}

/** The signals that a connection sends of an item's progress. */
export const signalsOf = (platform: Platform, settings: unknown): readonly SignalKind[] =>
  (platform.outgoing?.kinds(settings) ?? []).flatMap((kind) => signalKind.safeParse(kind).data ?? []);
