import type { HandoverState, OutboxKind, OutboxState, Stage } from '../../../main/contract/values.ts';

/** Everything an audit goes by: what the platforms, the RIP and the operator know, beside what the station has. */
export interface Evidence {
  readonly orders: OrderEvidence;
  readonly files: FileEvidence;
  readonly handovers: HandoverEvidence;
  readonly signals: SignalEvidence;
  readonly commands: readonly CommandEvidence[];
  readonly budgets: readonly BudgetEvidence[];
  /** What SQLite says of the database and of each backup: `ok`, or what is wrong. */
  readonly databases: readonly { readonly name: string; readonly verdict: string }[];
  /** When the station ended although nobody had asked it to: its last words. */
  readonly deaths: readonly string[];
}

interface OrderKey {
  readonly connection: string;
  readonly order: string;
}

export interface OrderEvidence {
  /** What the platforms have. `must`: the station was told of it, or finds it by itself. */
  readonly there: readonly (OrderKey & { readonly must: boolean; readonly items: number | null })[];
  readonly here: readonly (OrderKey & { readonly items: number; readonly stage: Stage })[];
  /** How many orders of earlier days the database was filled with, and how many of them it still has. */
  readonly earlier: { readonly filled: number; readonly left: number };
  /** Orders that only the platform moves: its own word, and the one shown here. */
  readonly followed: readonly (OrderKey & { readonly there: string; readonly here: string | null })[];
}

export interface FileEvidence {
  /** What the platforms offer, by the MD5 of their own bytes. */
  readonly there: readonly (OrderKey & { readonly md5: string })[];
  /** `md5`: of the bytes on disk now; null when there are none. */
  readonly here: readonly (OrderKey & {
    readonly id: number;
    readonly name: string;
    readonly ready: boolean;
    /** Of an item that was cancelled, or deleted after its order was over: it may be here or not. */
    readonly excused: boolean;
    readonly md5: string | null;
    /** As the station noted it when it was verified. */
    readonly notedMd5: string | null;
  })[];
}

export interface HandoverEvidence {
  readonly rows: readonly {
    readonly id: number;
    readonly file: number;
    readonly folder: string;
    readonly name: string;
    readonly state: HandoverState;
  }[];
  /** What the RIP took, in its order. */
  readonly taken: readonly { readonly folder: string; readonly name: string; readonly md5: string }[];
  /** How often an operator had a file handed over once more, or may have. */
  readonly again: ReadonlyMap<number, number>;
  /** Temporary files of the station that still lie in hot folders. */
  readonly leftovers: readonly string[];
}

/** A signal by what the platform sees of it: its name, and the tracking number, text or cause. */
export interface SignalWords {
  readonly item: string;
  readonly words: string;
}

export interface SignalEvidence {
  /** The station's rows, in the order of each item. */
  readonly rows: readonly (SignalWords & {
    readonly id: number;
    readonly kind: OutboxKind;
    readonly state: OutboxState;
    readonly mandatory: boolean;
    readonly replaced: boolean;
  })[];
  /** What the platform took, in its order. */
  readonly told: readonly SignalWords[];
  /** What the station confirmed to an operator. `undone`: an operator took it back, or may have. */
  readonly confirmed: readonly { readonly signal: number; readonly item: string; readonly undone: boolean }[];
  /** Items of which the platform must have heard at least their registration. */
  readonly registered: readonly string[];
}

/** A command that is paid for: how often it was asked for, and how often the platform carried it out. */
export interface CommandEvidence {
  readonly command: string;
  readonly subject: string;
  readonly asked: number;
  /** Of those asked for, how many nobody can tell about. */
  readonly maybe: number;
  /** Of those asked for, how many a look-up found to be no longer needed: what they are for had come about. */
  readonly reached: number;
  readonly carriedOut: number;
}

export interface BudgetEvidence {
  readonly connection: string;
  readonly requests: number;
  readonly windowMs: number;
  /** When requests reached the platform, by its own clock. */
  readonly momentsMs: readonly number[];
}
