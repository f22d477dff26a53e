import type { JobSighting } from '../domain/job-sighting.ts';
import { awaitStore, type IntakeAnswer, type IntakeRequest, refused } from './intake-answer.ts';

/** A connection whose platform calls back to the secret address of each job. */
export interface CallbackIntake {
  /** Whether a job of this connection has this nonce. */
  knowsNonce(nonce: string): Promise<boolean>;
  /** Null when the body is no callback. */
  read(body: Buffer): JobSighting | null;
  /** Resolves once it is committed; `unknown` when the nonce is not that of the job which the callback names. */
  apply(nonce: string, sighting: JobSighting): Promise<'applied' | 'unknown'>;
}

/** The same whatever is wrong with the nonce: the answer tells nothing of other jobs. */
const noSuchJob = refused(404, 'there is no such job');

const notApplied = 'the callback could not be stored, send it again';

/** Judges a callback: its nonce before anything of its body, then whether it is about the nonce's own job. */
export const takeCallback = async (
  intake: CallbackIntake,
  nonce: string,
  { body }: IntakeRequest,
): Promise<IntakeAnswer> => {
  if (nonce === '') return noSuchJob;
  const known = await awaitStore(intake.knowsNonce(nonce), notApplied);
  if (known.kind === 'notStored') return known;
  if (!known.value) return noSuchJob;
  const sighting = intake.read(body);
  if (sighting === null) return refused(400, 'the body is no callback');
  const applied = await awaitStore(intake.apply(nonce, sighting), notApplied);
  if (applied.kind === 'notStored') return applied;
  return applied.value === 'applied' ? { kind: 'accepted', line: 'applied' } : noSuchJob;
};
