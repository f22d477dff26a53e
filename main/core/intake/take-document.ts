import type { IncomingOrder } from '../domain/incoming-order.ts';
import type { ReadDocument } from '../platforms/platform.ts';
import type { AcceptedOrder } from './accept-order.ts';
import { awaitStore, type IntakeAnswer, type IntakeRequest, refused } from './intake-answer.ts';

/** A connection whose platform posts order documents. */
export interface DocumentIntake {
  /** Reads a document by the connection's settings. */
  read(body: Buffer, contentType: string): ReadDocument;
  /** Compares in constant time. */
  keyMatches(key: string): boolean;
  /** Resolves once the order is committed; rejects when it cannot be. */
  accept(order: IncomingOrder): Promise<AcceptedOrder>;
}

/** Judges a posted document: readable, then its key, then its content; and answers once the order is stored. */
export const takeDocument = async (
  intake: DocumentIntake,
  { body, contentType }: IntakeRequest,
): Promise<IntakeAnswer> => {
  const read = intake.read(body, contentType);
  if (read.kind === 'unreadable') return refused(read.status, read.message);
  if (read.key === null) return refused(401, 'the order carries no key');
  if (!intake.keyMatches(read.key)) return refused(401, 'the key of the order is wrong');
  if (read.content.kind === 'invalid') return refused(400, read.content.message);
  const accepting = intake.accept(read.content.order);
  const accepted = await awaitStore(accepting, 'the order could not be stored, send it again');
  return accepted.kind === 'notStored' ? accepted : { kind: 'accepted', line: accepted.value.outcome };
};
