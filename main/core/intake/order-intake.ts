import type { IncomingOrder } from '../domain/incoming-order.ts';
import type { ReadDocument } from '../platforms/platform.ts';
import type { AcceptedOrder } from './accept-order.ts';

/** What reads a platform's documents: a platform, by the connection's settings. */
export interface DocumentReader {
  readDocument(body: Buffer, contentType: string, settings: unknown): ReadDocument;
}

/** A connection as the intake sees it. */
export interface IntakeConnection {
  readonly platform: DocumentReader;
  /** Checked by the platform's own schema; handed to it with each document. */
  readonly settings: unknown;
  /** Compares in constant time. */
  keyMatches(key: string): boolean;
  /** Resolves once the order is committed; rejects when it cannot be. */
  accept(order: IncomingOrder): Promise<AcceptedOrder>;
}

/** The answer to a sender, in one line. */
export type IntakeAnswer =
  | { readonly kind: 'accepted'; readonly line: string; readonly order: AcceptedOrder }
  | { readonly kind: 'refused'; readonly status: number; readonly line: string }
  /** Not the sender's fault: it must try again. `cause` is for the log. */
  | { readonly kind: 'notStored'; readonly line: string; readonly cause: unknown };

const refused = (status: number, line: string): IntakeAnswer => ({ kind: 'refused', status, line });

/** Judges a posted document: readable, then its key, then its content; and answers once the order is stored. */
export const takeIn = async (
  connection: IntakeConnection,
  body: Buffer,
  contentType: string,
): Promise<IntakeAnswer> => {
  const read = connection.platform.readDocument(body, contentType, connection.settings);
  if (read.kind === 'unreadable') return refused(read.status, read.message);
  if (read.key === null) return refused(401, 'the order carries no key');
  if (!connection.keyMatches(read.key)) return refused(401, 'the key of the order is wrong');
  if (read.content.kind === 'invalid') return refused(400, read.content.message);
  try {
    const order = await connection.accept(read.content.order);
    return { kind: 'accepted', line: order.outcome, order };
  } catch (cause) {
    return { kind: 'notStored', line: 'the order could not be stored, send it again', cause };
  }
};
