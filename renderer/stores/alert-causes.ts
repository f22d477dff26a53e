import type { NoticeView, StationView } from '../../main/contract/station.ts';
import type { Causes } from './alert-policy.ts';

/** The counts of a station that stand for work which a person has to look at. */
export const problemCounts = ['problemOrders', 'problemFiles', 'problemSignals', 'problemJobs'] as const;

/** The name of a notice among the causes. A station that was started anew counts its notices from one again. */
export const noticeCause = ({ id, at }: Pick<NoticeView, 'id' | 'at'>): string => `notice ${id} ${at}`;

/** What of a station asks for attention: its problems, and its notices but for mere news. */
export const causesOf = ({ counts, notices }: Pick<StationView, 'counts' | 'notices'>): Causes => ({
  ...Object.fromEntries(problemCounts.map((name) => [name, counts[name]])),
  ...Object.fromEntries(notices.filter(({ level }) => level !== 'info').map((notice) => [noticeCause(notice), 1])),
});
