import { sql } from 'kysely';
import type { TodayView } from '../../contract/today.ts';
import { verification } from '../../contract/values.ts';
import type { Reader } from '../store/store.ts';
import type { DayBorders } from './today-borders.ts';

/** The files that became ready on the day, and how many are a problem now. */
export const readVerifiedFiles = async (db: Reader, { fromMs, untilMs }: DayBorders): Promise<TodayView['files']> => {
  const [rows, { problems }] = await Promise.all([
    db
      .selectFrom('files')
      .select((query) => [
        'verification',
        query.fn.countAll<number>().as('count'),
        sql<number>`sum(attempts <= 1)`.as('firstTry'),
      ])
      .where('readyAtMs', '>=', fromMs)
      .where('readyAtMs', '<', untilMs)
      .groupBy('verification')
      .execute(),
    db
      .selectFrom('files')
      .select((query) => query.fn.countAll<number>().as('problems'))
      .where('state', '=', 'problem')
      .executeTakeFirstOrThrow(),
  ]);
  const verified = rows.reduce((sum, { count }) => sum + count, 0);
  const firstTry = rows.reduce((sum, row) => sum + row.firstTry, 0);
  const levels = [...verification.options, null].flatMap((level) => {
    const found = rows.find((row) => row.verification === level);
    return found === undefined ? [] : [{ level, count: found.count }];
  });
  return { verified, firstTry, afterRepeat: verified - firstTry, levels, problems };
};
