import { mostInWindow } from '../../sandbox/ledger/busiest-window.ts';
import type { BudgetEvidence } from './evidence.ts';
import type { Loss } from './loss.ts';

/** What two processes may differ in when they read one clock, as a share of the window. */
const clockShare = 0.01;

/** How many requests a connection's busiest window saw. */
export const busiest = ({ momentsMs, windowMs }: BudgetEvidence): number =>
  mostInWindow(momentsMs, windowMs * (1 - clockShare));

/** No window of a budget's length saw more requests than the budget has, whatever the station's clock was set to. */
export const auditBudgets = (budgets: readonly BudgetEvidence[]): readonly Loss[] =>
  budgets.flatMap((budget): readonly Loss[] => {
    const most = busiest(budget);
    if (most <= budget.requests) return [];
    const what = `${most} requests in ${budget.windowMs / 1000} s, and the budget has ${budget.requests}`;
    return [{ kind: 'budget', where: budget.connection, what }];
  });
