import { awaitStore, type IntakeAnswer, type IntakeRequest, refused } from './intake-answer.ts';

/** A connection whose platform tells by a webhook that a job changed. */
export interface WebhookIntake {
  /** Which job it tells of; null when it names none. */
  readJob(body: Buffer, contentType: string): string | null;
  /** Resolves once it is noted; rejects when it cannot be. */
  heardOf(externalId: string): Promise<'noted' | 'tooMany'>;
}

/** Notes which job a webhook tells of. Anybody can post one, so nothing else of it counts. */
export const takeWebhook = async (
  intake: WebhookIntake,
  { body, contentType }: IntakeRequest,
): Promise<IntakeAnswer> => {
  const externalId = intake.readJob(body, contentType);
  if (externalId === null) return refused(400, 'the webhook names no job');
  const heard = await awaitStore(intake.heardOf(externalId), 'the webhook could not be noted, send it again');
  if (heard.kind === 'notStored') return heard;
  if (heard.value === 'tooMany') return refused(503, 'too many unknown jobs wait already, send it again');
  return { kind: 'accepted', line: 'noted' };
};
