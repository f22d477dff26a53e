import { sql } from 'kysely';
import type { TodayView } from '../../contract/today.ts';
import { type OutboxState, signalKinds } from '../../contract/values.ts';
import { toMomentOrNull } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import type { DayBorders } from './today-borders.ts';

const waitingStates: readonly OutboxState[] = ['queued', 'sending', 'waiting'];
const problemStates: readonly OutboxState[] = ['problem', 'maybe'];

/** How punctual the signals of the day were; commands have no part in it. */
const readSent = (db: Reader, { fromMs, untilMs }: DayBorders) =>
  db
    .selectFrom('outbox')
    .select((query) => [
      query.fn.countAll<number>().as('sent'),
      query.fn.count<number>('deadlineAtMs').as('withDeadline'),
      sql<number | null>`sum(sent_at_ms > deadline_at_ms)`.as('late'),
      sql<number | null>`max(sent_at_ms - deadline_at_ms)`.as('worstMs'),
    ])
    .where('sentAtMs', '>=', fromMs)
    .where('sentAtMs', '<', untilMs)
    .where('kind', 'in', signalKinds)
    .executeTakeFirstOrThrow();

const readUnsent = (db: Reader, nowMs: number) =>
  db
    .selectFrom('outbox')
    .select((query) => [
      'state',
      query.fn.countAll<number>().as('count'),
      query.fn.min<number | null>('deadlineAtMs').as('deadlineAtMs'),
      sql<number | null>`min(CASE WHEN deadline_at_ms > ${nowMs} THEN deadline_at_ms END)`.as('aheadMs'),
      sql<number | null>`sum(deadline_at_ms <= ${nowMs})`.as('overdue'),
    ])
    .where('state', 'in', [...waitingStates, ...problemStates])
    .where('kind', 'in', signalKinds)
    .groupBy('state')
    .execute();

const earliest = (moments: readonly (number | null)[]): number | null => {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.min(...known);
};

/** The numbers, and when the next deadline passes. */
export const readSignals = async (
  db: Reader,
  borders: DayBorders,
  nowMs: number,
): Promise<{ readonly signals: TodayView['signals']; readonly nextDeadlineMs: number | null }> => {
  const [sent, unsent] = await Promise.all([readSent(db, borders), readUnsent(db, nowMs)]);
  const waiting = unsent.filter(({ state }) => waitingStates.includes(state));
  const problems = unsent.filter(({ state }) => problemStates.includes(state));
  const late = sent.late ?? 0;
  return {
    signals: {
      sent: sent.sent,
      onTime: sent.withDeadline - late,
      late,
      withoutDeadline: sent.sent - sent.withDeadline,
      worstLateSeconds: Math.round(Math.max(0, sent.worstMs ?? 0) / 1000),
      waiting: waiting.reduce((sum, { count }) => sum + count, 0),
      overdue: waiting.reduce((sum, { overdue }) => sum + (overdue ?? 0), 0),
      nextDeadlineAt: toMomentOrNull(earliest(waiting.map(({ deadlineAtMs }) => deadlineAtMs))),
      problems: problems.reduce((sum, { count }) => sum + count, 0),
    },
    nextDeadlineMs: earliest(waiting.map(({ aheadMs }) => aheadMs)),
  };
};
