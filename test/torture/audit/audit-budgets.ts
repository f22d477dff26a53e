import { mostInWindow } from '../../sandbox/ledger/busiest-window.ts';
import type { BudgetEvidence } from './evidence.ts';
import type { Loss } from './loss.ts';

/** What two processes may differ in when they read one clock, as a share of the window. */
const clockShare = 0.01;

/** The busiest window of a connection in which nobody set the station's clock. */
export const busiest = ({ momentsMs, windowMs, clockSetAtMs }: BudgetEvidence): number => {
  const clockSetsBefore = (atMs: number): number => clockSetAtMs.filter((setAtMs) => setAtMs <= atMs).length;
  const stretches = Map.groupBy(momentsMs, clockSetsBefore);
  return Math.max(0, ...[...stretches.values()].map((moments) => mostInWindow(moments, windowMs * (1 - clockShare))));
};

/** No such window of a budget's length saw more requests than the budget has. */
export const auditBudgets = (budgets: readonly BudgetEvidence[]): readonly Loss[] =>
  budgets.flatMap((budget): readonly Loss[] => {
    const most = busiest(budget);
    if (most <= budget.requests) return [];
    const what = `${most} requests in ${budget.windowMs / 1000} s, and the budget has ${budget.requests}`;
    return [{ kind: 'budget', where: budget.connection, what }];
  });
